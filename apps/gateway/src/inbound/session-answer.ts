import { type PaymentSessionView } from '@kasir/contracts';
import { HttpProblem, problem } from '@kasir/platform';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: PaymentSessionView;
}

export interface About {
  /** Whether the caller can be told what became of the request. */
  readonly answered: boolean;
  readonly replayed: boolean;
  readonly preferenceApplied: string | undefined;
}

/** What the caller of POST hears. @throws HttpProblem when no session came of the request */
export function answerOf(view: PaymentSessionView, { answered, replayed, preferenceApplied }: About): Answer {
  const headers = {
    ...(replayed ? { 'idempotent-replayed': 'true' } : {}),
    ...(preferenceApplied === undefined ? {} : { 'preference-applied': preferenceApplied }),
  };
  if (view.status === 'rejected') throw rejected(view, headers);
  const location = `/v1/payment-sessions/${view.id}`;
  return answered
    ? { status: 201, headers: { ...headers, location }, body: view }
    : { status: 202, headers: { ...headers, location, 'retry-after': '1' }, body: view };
}

/** Codes of the guard that speak of the request itself, not of other payments of the order. */
const ofTheRequest: readonly string[] = ['order_expired', 'invalid_request'];

/** Never a 5xx: the answer is final for this key, and only a new key may bring another one. */
function rejected({ id, rejection }: PaymentSessionView, headers: Record<string, string>): HttpProblem {
  const { stage, code, message, livingPaymentSessionId } = rejection ?? {
    stage: 'guard',
    code: 'rejected',
    message: '',
  };
  const [status, title] =
    stage === 'provider' || ofTheRequest.includes(code)
      ? [422, 'The payment session was refused']
      : [409, 'The payment session was not started'];
  const body = {
    ...problem(status, stage === 'provider' ? 'rejected_by_provider' : code, title, { detail: message }),
    paymentSessionId: id,
    ...(stage === 'provider' ? { providerCode: code } : {}),
    ...(livingPaymentSessionId === undefined ? {} : { livingPaymentSessionId }),
  };
  return new HttpProblem(body, headers);
}
