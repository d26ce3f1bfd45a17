export type PaymentStatus = 'succeeded' | 'failed' | 'processing' | 'pending' | 'cancelled';

const statuses: ReadonlyMap<string | undefined, PaymentStatus> = new Map([
  ['SUCCESS', 'succeeded'],
  ['FAIL', 'failed'],
  ['PROCESSING', 'processing'],
  ['PENDING', 'pending'],
  ['CANCELLED', 'cancelled'],
]);

/** Antom's word for how a payment stands in ours, or undefined for a word that we do not know. */
export const statusOf = (said: string | undefined): PaymentStatus | undefined => statuses.get(said);
