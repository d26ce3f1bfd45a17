import { type BankChoice } from '@kasir/contracts';

const minute = 60_000;
const hour = 60 * minute;

/** Antom takes at most this long for a session. Source: createPaymentSession, `paymentSessionExpiryTime`. */
export const longestSessionMs = hour;

/** With less time than this left, in milliseconds, an order takes no new attempt: nobody pays so fast. */
export const shortestSessionMs = minute;

/**
 * How long after the session's end the bank may still decide, in milliseconds.
 * Source: Antom's table of default time-outs: 14 minutes for app and online banking, 48 hours for transfers.
 * A single bank or a country may lead to a transfer.
 */
export function longestPaymentMs({ category }: BankChoice): number {
  return category === 'MOBILE_BANKING_APP' || category === 'ONLINE_BANKING' ? 14 * minute : 48 * hour;
}

export interface Times {
  readonly sessionExpiresAt: Date;
  /** After this moment only an answered inquiry still decides. */
  readonly endsAt: Date;
}

/** When a session that starts now ends, never later than its order, and when the last news of it can come. */
export function timesOf(now: Date, sessionMs: number, orderExpiresAt: Date, bankChoice: BankChoice): Times {
  const sessionExpiresAt = new Date(
    Math.min(now.getTime() + Math.min(sessionMs, longestSessionMs), orderExpiresAt.getTime()),
  );
  return { sessionExpiresAt, endsAt: endOf(sessionExpiresAt, bankChoice) };
}

export const endOf = (sessionExpiresAt: Date, bankChoice: BankChoice): Date =>
  new Date(sessionExpiresAt.getTime() + longestPaymentMs(bankChoice) + 5 * minute);

/** When to ask Antom again after so many tries without an answer: 1, 2, 4, 8 seconds apart, but not beyond `notAfter`. */
export function nextTryAt(now: Date, tries: number, notAfter: Date): Date {
  const pause = Math.min(1000 * 2 ** (tries - 1), 8000);
  return new Date(Math.min(now.getTime() + pause, notAfter.getTime()));
}
