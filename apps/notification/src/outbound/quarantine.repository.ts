import { createHash } from 'node:crypto';
import { type Tx } from '@kasir/messaging';
import { type Quarantine, type QuarantineItem, type ReceivedWebhook } from '../application/webhook-ports.js';
import { type QuarantineSize } from '../domain/quarantine.js';

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

  async size(): Promise<QuarantineSize> {
    const [size] = await this.tx.query<QuarantineSize>(
      `select count(*)::int as rows, coalesce(sum(bytes), 0)::float8 as bytes,
         coalesce((select bytes is null from quarantine order by position desc limit 1), false) as "isFull"
       from quarantine where bytes is not null`,
    );
    return size!;
  }

  async keep(
    { receivedAt, method, path, headers, body }: ReceivedWebhook,
    reason: string,
    { withBody, most }: { withBody: boolean; most: number },
  ): Promise<void> {
    const sha256 = createHash('sha256').update(body).digest();
    const [kept, bytes] = withBody ? [body, body.length] : [null, null];
    await this.tx.query(
      `insert into quarantine (received_at, method, path, headers, body, bytes, reason, sha256)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [receivedAt, method, path, JSON.stringify(headers), kept, bytes, reason, sha256],
    );
    if (!withBody)
      await this.tx.query(
        `delete from quarantine where position in (
           select position from quarantine where bytes is null order by position desc offset $1)`,
        [most],
      );
  }

  async forget(before: Date): Promise<void> {
    await this.tx.query(
      `delete from quarantine where position in (
         select position from quarantine where received_at < $1 for update skip locked)`,
      [before],
    );
  }

  async list(limit: number): Promise<QuarantineItem[]> {
    return this.tx.query<QuarantineItem>(
      `select position, received_at as "receivedAt", reason, path, encode(sha256, 'hex') as sha256, bytes
       from quarantine order by position desc limit $1`,
      [limit],
    );
  }

  async next(after: string): Promise<{ position: string; webhook: ReceivedWebhook } | undefined> {
    const [row] = await this.tx.query<Row>(
      `select * from quarantine where position > $1 and bytes is not null
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
}
