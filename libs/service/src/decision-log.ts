import { type Database, type Outbox, type Tx } from '@kasir/messaging';
import { type Logger, logContext } from '@kasir/platform';

/** The events that decide something, as lines of the log. Every other event is a line at debug. */
const decisions: Readonly<Record<string, string>> = {
  PaymentSessionRejected: 'payment session rejected',
  CancelStarted: 'cancel started',
  CancelAnswered: 'cancel answered',
  PaymentSucceeded: 'payment succeeded',
  PaymentFailed: 'payment failed',
  PaymentExpired: 'payment expired',
  PaymentCancelled: 'payment cancelled',
  PaymentReturned: 'payment returned',
  PaymentNeedsAttention: 'payment needs attention',
  RefundRejected: 'refund rejected',
  RefundSucceeded: 'refund succeeded',
  RefundFailed: 'refund failed',
  OrderPaid: 'order paid',
  OrderPaymentReturned: 'payment of the order returned',
  OrderClosed: 'order closed',
  OrderRefunded: 'order refunded',
  OrderNeedsAttention: 'case opened',
  OrderAttentionResolved: 'case resolved',
};

const told = [
  ...['orderId', 'paymentSessionId', 'paymentId', 'refundRequestId', 'refundId', 'returnId', 'caseId'],
  ...['kind', 'stage', 'code', 'cause', 'answer', 'resolution'],
];

/** One line for every event that a service publishes, once its transaction is committed; at info where the event is a decision. */
export function decisionLog(logger: Logger) {
  const published = new WeakMap<Tx, (() => void)[]>();
  return {
    database: (inner: Database): Database => ({
      session: () => inner.session(),
      async transaction(work) {
        const lines: (() => void)[] = [];
        const result = await inner.transaction((tx) => {
          published.set(tx, lines);
          return work(tx);
        });
        for (const write of lines) write();
        return result;
      },
    }),

    outbox: (inner: Outbox): Outbox => ({
      async say(tx, topic, news) {
        const eventId = await inner.say(tx, topic, news);
        const { type } = news;
        const data = Object.entries(news.data).filter(
          ([name, value]) => told.includes(name) && typeof value === 'string',
        );
        const fields = { ...logContext.current(), ...Object.fromEntries(data), type, eventId };
        const message = decisions[type];
        published
          .get(tx)
          ?.push(() =>
            message === undefined ? logger.debug(fields, 'event published') : logger.info(fields, message),
          );
        return eventId;
      },
    }),
  };
}
