import { createHash } from 'node:crypto';
import { type Tx } from '@kasir/messaging';
import { type IdempotencyKeys, type KeyClaim, type KeyHolder } from '../application/ports.js';

interface KeyRow {
  payment_session_id: string;
  request_hash: Buffer;
}

const hashOf = (request: string): Buffer => createHash('sha256').update(request).digest();

export class IdempotencyKeyRepository implements IdempotencyKeys {
  constructor(private readonly tx: Tx) {}

  async claim(claim: KeyClaim, paymentSessionId: string, at: Date): Promise<'claimed' | KeyHolder> {
    const rows = await this.tx.query(
      `insert into idempotency_keys (order_id, key, request_hash, payment_session_id, created_at)
       values ($1, $2, $3, $4, $5) on conflict do nothing returning key`,
      [claim.orderId, claim.key, hashOf(claim.request), paymentSessionId, at],
    );
    if (rows.length > 0) return 'claimed';
    const holder = await this.holder(claim);
    if (holder === undefined) throw new Error('a key was taken and is gone again, yet nobody deletes keys');
    return holder;
  }

  async holder({ orderId, key, request }: KeyClaim): Promise<KeyHolder | undefined> {
    const [row] = await this.tx.query<KeyRow>(
      'select payment_session_id, request_hash from idempotency_keys where order_id = $1 and key = $2',
      [orderId, key],
    );
    if (row === undefined) return undefined;
    return { paymentSessionId: row.payment_session_id, sameRequest: row.request_hash.equals(hashOf(request)) };
  }
}
