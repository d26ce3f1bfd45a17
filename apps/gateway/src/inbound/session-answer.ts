import { type PaymentSessionView } from '@kasir/contracts';
import { HttpProblem, problem } from '@kasir/platform';
import { errorsIn, fieldOf, statusOf } from './rejections.js';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: PaymentSessionView;
}

export interface Living {
  readonly view: PaymentSessionView;
  /** When it stops standing in the way of another choice. */
  readonly until: Date | undefined;
}

export interface About {
  /** Whether the caller can be told what became of the request. */
  readonly answered: boolean;
  readonly replayed: boolean;
  readonly preferenceApplied: string | undefined;
  /** The session of the same order that can still be paid, where the rejection names one. */
  readonly living: Living | undefined;
  readonly now: Date;
  /** Where the request names what the buyer pays. */
  readonly amountField: string;
}

type Headers = Record<string, string>;

/** What the caller of POST gets. @throws HttpProblem when no session came of the request */
export function answerOf(view: PaymentSessionView, about: About): Answer {
  const { answered, replayed, preferenceApplied } = about;
  const headers = {
    ...(replayed ? { 'idempotent-replayed': 'true' } : {}),
    ...(preferenceApplied === undefined ? {} : { 'preference-applied': preferenceApplied }),
  };
  if (view.status === 'rejected') return answerToRejected(view, about, headers);
  const location = pathOf(view);
  return answered
    ? { status: 201, headers: { ...headers, location }, body: view }
    : { status: 202, headers: { ...headers, location, 'retry-after': '1' }, body: view };
}

const pathOf = ({ id }: PaymentSessionView): string => `/v1/payment-sessions/${id}`;

/** A buyer who asks again for the same way of paying gets the session that there is. */
function answerToRejected(view: PaymentSessionView, about: About, headers: Headers): Answer {
  const { living } = about;
  if (view.rejection?.code !== 'session_lives' || living === undefined) throw rejected(view, about, headers);
  const location = pathOf(living.view);
  return { status: 200, headers: { ...headers, location, 'content-location': location }, body: living.view };
}

function rejected({ id, rejection }: PaymentSessionView, about: About, headers: Headers): HttpProblem {
  const { living, now, amountField } = about;
  const { stage, code, message, livingPaymentSessionId, errors } = rejection ?? noReason;
  const status = stage === 'abandoned' ? 409 : stage === 'provider' ? 422 : statusOf(code);
  const title = status === 422 ? 'The payment session was refused' : 'The payment session was not started';
  const seconds = remainingSeconds(living?.until, now);
  const body = {
    ...problem(status, stage === 'provider' ? 'rejected_by_provider' : code, title, {
      detail: message,
      ...errorsIn(errors?.map(({ field, ...error }) => ({ field: fieldOf(field, amountField), ...error }))),
    }),
    paymentSessionId: id,
    ...(stage === 'provider' ? { providerCode: code } : {}),
    ...(livingPaymentSessionId === undefined ? {} : { livingPaymentSessionId }),
    ...(living === undefined ? {} : { livingPaymentSession: living.view }),
    ...(seconds === undefined ? {} : { remainingSeconds: seconds }),
  };
  return new HttpProblem(body, seconds === undefined ? headers : { ...headers, 'retry-after': String(seconds) });
}

const noReason: NonNullable<PaymentSessionView['rejection']> = { stage: 'policy', code: 'rejected', message: '' };

const remainingSeconds = (until: Date | undefined, now: Date): number | undefined =>
  until === undefined ? undefined : Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000));
