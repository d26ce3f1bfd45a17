import { type Tx } from '../database.js';

/**
 * Claims an event for this consumer inside the transaction that applies it.
 * Waits while another transaction holds the same claim.
 * @returns false when it was applied before
 */
export async function claim(tx: Tx, consumer: string, eventId: string, at: Date): Promise<boolean> {
  const fresh = await tx.query(
    `insert into inbox (consumer, event_id, received_at) values ($1, $2, $3) on conflict do nothing returning event_id`,
    [consumer, eventId, at],
  );
  return fresh.length > 0;
}
