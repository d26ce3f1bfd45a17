import { longestPaymentMs } from '../bank-methods/rules.js';
import { type FieldProblem } from '../requests/invalid-request.js';
import { foreignQuery } from '../requests/urls.js';
import { type PaymentSessionWish } from './wish.js';

const hour = 3_600_000;

/** What no field can know alone: times beside the clock, the return address beside the id. */
export const wishProblems = (wish: PaymentSessionWish): FieldProblem[] =>
  [redirectProblem(wish), sessionProblem(wish), paymentProblem(wish)].filter((problem) => problem !== undefined);

/** Whatever a return address carries passes through browsers, banks and their logs. */
function redirectProblem({ redirectUrl, paymentRequestId }: PaymentSessionWish): FieldProblem | undefined {
  const name = foreignQuery(redirectUrl, paymentRequestId);
  return name === undefined
    ? undefined
    : { field: 'paymentRedirectUrl', message: `must carry nothing but the session's id, not ${name}` };
}

/** Source: createPaymentSession, `paymentSessionExpiryTime`. */
function sessionProblem({ sessionExpiresAt, now }: PaymentSessionWish): FieldProblem | undefined {
  if (sessionExpiresAt === undefined || within(now, sessionExpiresAt, hour)) return undefined;
  return { field: 'paymentSessionExpiryTime', message: 'must lie within the next hour' };
}

/** Antom's time-out of a method runs from the moment it is chosen, which may be the last of the session. */
function paymentProblem({ paymentExpiresAt, sessionExpiresAt, bank, now }: PaymentSessionWish) {
  const longest = (sessionExpiresAt?.getTime() ?? now.getTime() + hour) - now.getTime() + longestPaymentMs(bank);
  if (paymentExpiresAt === undefined || within(now, paymentExpiresAt, longest)) return undefined;
  const minutes = Math.floor(longest / 60_000);
  return { field: 'paymentExpiryTime', message: `must lie within the next ${minutes} minutes for this choice of bank` };
}

function within(now: Date, time: Date, span: number): boolean {
  const ahead = time.getTime() - now.getTime();
  return ahead > 0 && ahead <= span;
}
