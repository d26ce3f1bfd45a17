import { type RefundUpdate } from './refund-update.js';

/** Money of a payment that went back without a refund of ours. */
export interface Returned {
  readonly paymentId: string;
  /** Names this return once, whichever source reports it. */
  readonly returnId: string;
  readonly cause: 'refund' | 'cancel';
  readonly amount: Amount;
  readonly returnedAt: string;
  readonly evidence: Readonly<Record<string, string>>;
}

/** As Antom wrote it. */
export interface Amount {
  readonly value: string;
  readonly currency: string;
}

export const inWords = ({ value, currency }: Amount): string => `${value} ${currency}`;

/** Begins every refund that this deployment has asked for; payment-session announces each of them before it calls Antom. */
const ownRefund = /^rf_/;

export const isOwnRefund = ({ refundRequestId }: RefundUpdate): boolean => ownRefund.test(refundRequestId);

/** Whether all money that an attempt brought has gone back. */
export const isAllBack = (received: readonly Amount[], givenBack: readonly Amount[]): boolean =>
  received.length > 0 &&
  [...received, ...givenBack].every(({ value }) => /^\d+$/.test(value)) &&
  total(givenBack) >= total(received);

const total = (amounts: readonly Amount[]): bigint => amounts.reduce((sum, { value }) => sum + BigInt(value), 0n);
