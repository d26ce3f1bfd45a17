import { type Tx } from '@kasir/messaging';
import { type ForeignItem, type WaitingItem, type WaitingNews, type WaitingRoom } from '../application/ports.js';
import { type AttemptNews } from '../domain/payment-news.js';
import { type RefundNews } from '../domain/watched-refund.js';

interface Table<News> {
  readonly name: string;
  readonly key: string;
  readonly idOf: (news: News) => string;
}

const ofPayments: Table<AttemptNews> = {
  name: 'waiting_news',
  key: 'payment_request_id',
  idOf: (news) => news.paymentRequestId,
};

const ofRefunds: Table<RefundNews> = {
  name: 'waiting_refund_news',
  key: 'refund_request_id',
  idOf: (news) => news.refundRequestId,
};

class WaitingNewsRepository<News> implements WaitingNews<News> {
  constructor(
    private readonly tx: Tx,
    private readonly table: Table<News>,
  ) {}

  async keep(news: News, now: Date): Promise<void> {
    const { name, key, idOf } = this.table;
    await this.tx.query(`insert into ${name} (${key}, news, kept_at) values ($1, $2, $3)`, [
      idOf(news),
      JSON.stringify(news),
      now,
    ]);
  }

  async take(id: string): Promise<News[]> {
    const { name, key } = this.table;
    const rows = await this.tx.query<{ position: string; news: News }>(
      `delete from ${name} where ${key} = $1 returning position, news`,
      [id],
    );
    return rows.sort((a, b) => Number(BigInt(a.position) - BigInt(b.position))).map(({ news }) => news);
  }
}

export const waitingPayments = (tx: Tx): WaitingNews<AttemptNews> => new WaitingNewsRepository(tx, ofPayments);
export const waitingRefunds = (tx: Tx): WaitingNews<RefundNews> => new WaitingNewsRepository(tx, ofRefunds);

const everything = `
  select 'payment' as about, payment_request_id as id, news->>'kind' as kind, kept_at as since from waiting_news
  union all
  select 'refund', refund_request_id, news->>'kind', kept_at from waiting_refund_news`;

/** What the waiting news and the news of other deployments look like to a person. */
export class WaitingRoomRepository implements WaitingRoom {
  constructor(private readonly tx: Tx) {}

  list(limit: number): Promise<WaitingItem[]> {
    return this.tx.query<WaitingItem>(`select * from (${everything}) waiting order by since, id limit $1`, [limit]);
  }

  foreign(limit: number): Promise<ForeignItem[]> {
    return this.tx.query<ForeignItem>(
      `select about, received_at as "receivedAt" from webhooks where is_foreign order by position desc limit $1`,
      [limit],
    );
  }

  async overdue(before: Date): Promise<{ count: number; oldest: Date | null }> {
    const [row] = await this.tx.query<{ count: number; oldest: Date | null }>(
      `select count(*)::int as count, min(kept_at) as oldest from (
         select kept_at from waiting_news where kept_at <= $1
         union all
         select kept_at from waiting_refund_news where kept_at <= $1) overdue`,
      [before],
    );
    return row ?? { count: 0, oldest: null };
  }
}
