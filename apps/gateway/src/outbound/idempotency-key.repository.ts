import { createHash } from 'node:crypto';
import { type Tx } from '@kasir/messaging';
import { type IdempotencyKeys, type KeyClaim, type KeyHolder } from '../application/ports.js';

interface KeyRow {
  holder: string;
  request_hash: Buffer;
}

const hashOf = (request: string): Buffer => createHash('sha256').update(request).digest();

/** Where keys of one kind are kept, and the column that names what they stand for. */
export interface KeyTable {
  readonly table: 'idempotency_keys' | 'refund_idempotency_keys';
  readonly holder: 'payment_session_id' | 'refund_id';
}
export const sessionKeys: KeyTable = { table: 'idempotency_keys', holder: 'payment_session_id' };
export const refundKeys: KeyTable = { table: 'refund_idempotency_keys', holder: 'refund_id' };

export class IdempotencyKeyRepository implements IdempotencyKeys {
  constructor(
    private readonly tx: Tx,
    private readonly kept: KeyTable,
  ) {}

  async claim(claim: KeyClaim, id: string, at: Date): Promise<'claimed' | KeyHolder> {
    const rows = await this.tx.query(
      `insert into ${this.kept.table} (order_id, key, request_hash, ${this.kept.holder}, created_at)
       values ($1, $2, $3, $4, $5) on conflict do nothing returning key`,
      [claim.orderId, claim.key, hashOf(claim.request), id, at],
    );
    if (rows.length > 0) return 'claimed';
    const holder = await this.holder(claim);
    if (holder === undefined) throw new Error('a key was taken and is gone again, yet nobody deletes keys');
    return holder;
  }

  async holder({ orderId, key, request }: KeyClaim): Promise<KeyHolder | undefined> {
    const [row] = await this.tx.query<KeyRow>(
      `select ${this.kept.holder} as holder, request_hash from ${this.kept.table} where order_id = $1 and key = $2`,
      [orderId, key],
    );
    if (row === undefined) return undefined;
    return { id: row.holder, sameRequest: row.request_hash.equals(hashOf(request)) };
  }
}
