import { type DataOf, type PaymentSessionEvent } from '@kasir/contracts';
import { type Attempt } from '../domain/attempt.js';

type Facts = NonNullable<DataOf<PaymentSessionEvent, 'PaymentSessionRejected'>['watch']>;

/** What others have to know of an attempt that Antom may report. */
export const factsOf = ({ order, amount, bankChoice, sessionExpiresAt, endsAt }: Attempt): Facts => ({
  ...{ order, amount, bankChoice },
  sessionExpiresAt: sessionExpiresAt.toISOString(),
  endsAt: endsAt.toISOString(),
});
