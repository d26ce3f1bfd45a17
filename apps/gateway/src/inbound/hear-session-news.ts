import { type PaymentEvent, type PaymentSessionEvent } from '@kasir/contracts';
import { type Tx } from '@kasir/messaging';
import { applySessionNews } from '../application/apply-session-news.js';
import { type Ear } from './needs.js';

/** Applies news of a session and wakes who waits for it. */
export async function hearSessionNews(
  { storesIn, answers, log }: Ear,
  event: PaymentSessionEvent | PaymentEvent,
  tx: Tx,
): Promise<void> {
  const applied = await applySessionNews(storesIn(tx, event), event);
  if (applied.kind === 'unknown')
    log.warn({ type: event.type }, 'news of a payment session that was not asked for here');
  if (applied.kind === 'refused') log.info({ type: event.type, reason: applied.reason }, 'news came late');
  // Not awaited: it looks only after this transaction has let go of the session.
  if (applied.kind !== 'unknown' && applied.kind !== 'no-concern') void answers.wake(applied.thing.id);
}
