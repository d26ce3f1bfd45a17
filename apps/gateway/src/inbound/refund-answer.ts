import { type RefundView } from '@kasir/contracts';
import { HttpProblem, problem } from '@kasir/platform';
import { errorsIn, statusOf } from './rejections.js';

export interface RefundAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

export interface AboutRefund {
  readonly replayed: boolean;
  readonly preferenceApplied: string | undefined;
}

/** What the caller of POST gets. @throws HttpProblem when the refund was rejected before Antom was called */
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

function rejected({ id, rejection }: RefundView, headers: Readonly<Record<string, string>>): HttpProblem {
  const { code, message, errors } = rejection ?? noReason;
  const about = { detail: message, ...errorsIn(errors) };
  const body = { ...problem(statusOf(code), code, 'The refund was not started', about), refundId: id };
  return new HttpProblem(body, headers);
}

const noReason: NonNullable<RefundView['rejection']> = { code: 'rejected', message: '' };
