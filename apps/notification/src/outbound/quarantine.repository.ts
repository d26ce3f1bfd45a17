import { createHash } from 'node:crypto';
import { type Tx } from '@kasir/messaging';
import { type Quarantine, type QuarantineItem, type ReceivedWebhook } from '../application/webhook-ports.js';
import { type QuarantineTally } from '../domain/quarantine.js';

interface Row {
  position: string;
  received_at: Date;
  method: string;
  path: string;
  headers: ReceivedWebhook['headers'];
  body: Buffer;
}

export class QuarantineRepository implements Quarantine {
  constructor(private readonly tx: Tx) {}

  glance(): Promise<QuarantineTally> {
    return this.readTally('select * from quarantine_tally');
  }

  tally(): Promise<QuarantineTally> {
    return this.readTally('select * from quarantine_tally for update');
  }

  async setTally({ rows, bytes, fullSince }: QuarantineTally): Promise<void> {
    await this.tx.query('update quarantine_tally set rows = $1, bytes = $2, full_since = $3', [rows, bytes, fullSince]);
  }

  async keep(
    { receivedAt, method, path, headers, body }: ReceivedWebhook,
    reason: string,
    { withBody, most }: { withBody: boolean; most: number },
  ): Promise<void> {
    const sha256 = createHash('sha256').update(body).digest();
    await this.tx.query(
      `insert into quarantine (received_at, method, path, headers, body, reason, sha256)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [receivedAt, method, path, JSON.stringify(headers), withBody ? body : null, reason, sha256],
    );
    if (!withBody)
      await this.tx.query(
        `delete from quarantine where position in (
           select position from quarantine where body is null order by position desc offset $1)`,
        [most],
      );
  }

  async forget(before: Date): Promise<{ rows: number; bytes: number }> {
    const [freed] = await this.tx.query<{ rows: number; bytes: number }>(
      `with old as (
         delete from quarantine where position in (
           select position from quarantine where received_at < $1 for update skip locked)
         returning body)
       select count(body)::int as rows, coalesce(sum(length(body)), 0)::float8 as bytes from old`,
      [before],
    );
    return freed ?? { rows: 0, bytes: 0 };
  }

  async list(limit: number): Promise<QuarantineItem[]> {
    return this.tx.query<QuarantineItem>(
      `select position, received_at as "receivedAt", reason, path, encode(sha256, 'hex') as sha256, length(body) as bytes
       from quarantine order by position desc limit $1`,
      [limit],
    );
  }

  async next(after: string): Promise<{ position: string; webhook: ReceivedWebhook } | undefined> {
    const [row] = await this.tx.query<Row>(
      `select * from quarantine where position > $1 and body is not null
       order by position limit 1 for update`,
      [after],
    );
    if (row === undefined) return undefined;
    const { position, received_at: receivedAt, method, path, headers, body } = row;
    return { position, webhook: { receivedAt, method, path, headers, body } };
  }

  async release(position: string): Promise<void> {
    await this.tx.query('delete from quarantine where position = $1', [position]);
  }

  private async readTally(sql: string): Promise<QuarantineTally> {
    const [row] = await this.tx.query<{ rows: number; bytes: string; full_since: Date | null }>(sql);
    if (row === undefined) throw new Error('the tally of the quarantine is gone');
    return { rows: row.rows, bytes: Number(row.bytes), fullSince: row.full_since };
  }
}
