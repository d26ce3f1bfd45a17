import { type RefundView } from '@kasir/contracts';
import { HttpProblem, problem } from '@kasir/platform';

export interface RefundAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

export interface AboutRefund {
  readonly replayed: boolean;
  readonly preferenceApplied: string | undefined;
}

/** What the caller of POST hears. @throws HttpProblem when the refund was rejected before anybody was called */
export function refundAnswerOf(view: RefundView, { replayed, preferenceApplied }: AboutRefund): RefundAnswer {
  const headers = {
    ...(replayed ? { 'idempotent-replayed': 'true' } : {}),
    ...(preferenceApplied === undefined ? {} : { 'preference-applied': preferenceApplied }),
  };
  if (view.status === 'rejected') throw rejected(view, headers);
  const location = `/v1/refunds/${view.id}`;
  return view.status === 'requested'
    ? { status: 202, headers: { ...headers, location, 'retry-after': '1' } }
    : { status: 201, headers: { ...headers, location } };
}

/** Codes that another moment may turn; every other one speaks of the request itself. */
const ofTheMoment: readonly string[] = ['payment_not_succeeded'];

/** Which field a code is about. */
const fields: Readonly<Record<string, string>> = {
  refund_exceeds_payment: 'amount.value',
  refund_currency_differs: 'amount.currency',
};

/** The answer is final for this key, and only a new key may bring another one. */
function rejected({ id, rejection }: RefundView, headers: Readonly<Record<string, string>>): HttpProblem {
  const { code, message } = rejection ?? { code: 'rejected', message: '' };
  const status = ofTheMoment.includes(code) ? 409 : 422;
  const field = fields[code];
  const errors = field === undefined ? {} : { errors: [{ field, message }] };
  const body = { ...problem(status, code, 'The refund was not started', { detail: message, ...errors }), refundId: id };
  return new HttpProblem(body, headers);
}
