import { type AnyEvent } from '@kasir/contracts';
import { childTraceparent, type Logger, logContext, withTrace } from '@kasir/platform';

/** Every line written while an event is handled names its order, its payment session and its trace; the event itself is a line at debug. */
export const logged =
  (logger: Logger) =>
  <Result>(event: AnyEvent, work: () => Promise<Result>): Promise<Result> =>
    withTrace(childTraceparent(event.traceparent), () =>
      logContext.run(about(event), async () => {
        const result = await work();
        logger.debug({ type: event.type, eventId: event.id, source: event.source }, 'event handled');
        return result;
      }),
    );

const about = ({ data }: AnyEvent): { orderId: string; paymentSessionId?: string | undefined } => {
  const { orderId, paymentSessionId } = data as { orderId: string; paymentSessionId?: string };
  return { orderId, paymentSessionId };
};
