import { type PaymentEvent, type PaymentSessionEvent } from '@kasir/contracts';
import { type EventContext } from '@kasir/messaging-nest';
import { applyOrderNews } from '../application/apply-order-news.js';
import { applyRefundNews } from '../application/apply-refund-news.js';
import { type Applied, applySessionNews } from '../application/apply-session-news.js';
import { keepPayment } from '../application/keep-payment.js';
import { settleOrderFacts } from '../application/settle-order-facts.js';
import { type Ear, type Log } from './needs.js';

type News = PaymentSessionEvent | PaymentEvent;

/** Applies news of a session, of a refund or of the end of an order, and wakes who waits for it once it is committed. */
export async function hearSessionNews(ear: Ear, event: News, { tx, afterCommit }: EventContext): Promise<void> {
  const stores = ear.storesIn(tx, event);
  if (event.type === 'OrderSealed') return applyOrderNews(stores, event);
  const session = thingOf(ear.log, event, await applySessionNews(stores, event));
  if (session !== undefined) afterCommit(() => ear.onSession(session));
  await settleOrderFacts(stores, event);
  await keepPayment(stores, event);
  const refund = thingOf(ear.log, event, await applyRefundNews(stores, event, ear.clock.now()));
  if (refund !== undefined) afterCommit(() => ear.onRefund(refund));
}

function thingOf<Thing>(log: Log, { type }: News, applied: Applied<Thing>): Thing | undefined {
  if (applied.kind === 'unknown') log.warn({ type }, 'event ignored: unknown payment session or refund');
  if (applied.kind === 'refused') log.info({ type, reason: applied.reason }, 'event ignored: too late');
  return 'thing' in applied ? applied.thing : undefined;
}
