import { type Money } from '@kasir/kernel';
import { type World } from '../state/world.js';
import { type SessionOpened } from '../state/facts.js';
import { type Session } from '../state/views.js';
import { antomTime } from '../time/antom-time.js';
import { type Answer, refused as refusal } from './answer.js';
import { readBank } from './bank.js';
import { at, type FieldRule, firstProblem, httpAddress, optional, required } from './field-rules.js';
import { fingerprint } from './fingerprint.js';
import { success } from './results.js';
import { newSessionData, newSessionId } from './session-data.js';
import { sessionFields } from './session-fields.js';

const longestSessionMs = 3_600_000;

export interface CreateContext {
  readonly world: World;
  readonly clientId: string;
  readonly now: Date;
  /** Stands in for the dashboard's address: without it the request has to name one. */
  readonly notifyOverride: string | undefined;
}

/** Opens a payment session, or finds the one that the same request opened before. */
export function createPaymentSession(
  body: unknown,
  context: CreateContext,
): { answer: Answer; opened?: SessionOpened } {
  const earlier = context.world.payments.session(String(at(body, 'paymentRequestId')));
  if (earlier !== undefined) return { answer: repeat(earlier, body) };
  const problem =
    firstProblem(body, sessionFields) ?? firstProblem(body, [notifyRule(context)]) ?? expiryProblem(body, context.now);
  if (problem !== undefined) return refused('PARAM_ILLEGAL', `Illegal parameters: ${problem}.`);
  const bank = readBank(at(body, 'paymentMethod.paymentMethodMetaData'));
  if (typeof bank === 'string')
    return refused('INVALID_PAYMENT_METHOD_META_DATA', `paymentMethod.paymentMethodMetaData ${bank}.`);
  const opened = open(body, bank, context);
  context.world.record(opened);
  return { answer: answerWith(opened), opened };
}

const refused = (code: string, message: string) => ({ answer: refusal(code, message) });

const repeat = (earlier: Session, body: unknown): Answer =>
  earlier.fingerprint === fingerprint(body)
    ? answerWith(earlier)
    : refusal('REPEAT_REQ_INCONSISTENT', 'Repeated requests are inconsistent.');

const answerWith = ({
  sessionData,
  sessionId,
  expiresAt,
}: Pick<Session, 'sessionData' | 'sessionId' | 'expiresAt'>): Answer => ({
  result: success,
  paymentSessionData: sessionData,
  paymentSessionExpiryTime: antomTime(new Date(expiresAt)),
  paymentSessionId: sessionId,
});

function open(
  body: unknown,
  bank: Readonly<Record<string, string>>,
  { clientId, now, notifyOverride }: CreateContext,
): SessionOpened {
  const amount = at(body, 'paymentAmount') as Money;
  const metadata = at(body, 'metadata');
  const paymentExpiresAt = timeOf(body, 'paymentExpiryTime');
  return {
    fact: 'session opened',
    at: now.toISOString(),
    paymentRequestId: at(body, 'paymentRequestId') as string,
    fingerprint: fingerprint(body),
    referenceOrderId: at(body, 'order.referenceOrderId') as string,
    description: at(body, 'order.orderDescription') as string,
    amount: { value: amount.value, currency: amount.currency },
    bank,
    terminal: (at(body, 'env.terminalType') as string | undefined) ?? 'APP',
    redirectUrl: at(body, 'paymentRedirectUrl') as string,
    ...(typeof metadata === 'string' ? { metadata } : {}),
    notifyUrl: notifyOverride ?? (at(body, 'paymentNotifyUrl') as string),
    expiresAt: (timeOf(body, 'paymentSessionExpiryTime') ?? new Date(now.getTime() + longestSessionMs)).toISOString(),
    ...(paymentExpiresAt === undefined ? {} : { paymentExpiresAt: paymentExpiresAt.toISOString() }),
    sessionId: newSessionId(),
    sessionData: newSessionData(clientId, amount),
  };
}

const notifyUrlNeeded = required('paymentNotifyUrl', httpAddress);
const notifyUrlAllowed = optional('paymentNotifyUrl', httpAddress);
const notifyRule = ({ notifyOverride }: CreateContext): FieldRule =>
  notifyOverride === undefined ? notifyUrlNeeded : notifyUrlAllowed;

function timeOf(body: unknown, field: string): Date | undefined {
  const text = at(body, field);
  return typeof text === 'string' && text !== '' ? new Date(text) : undefined;
}

function expiryProblem(body: unknown, now: Date): string | undefined {
  const session = timeOf(body, 'paymentSessionExpiryTime') ?? new Date(now.getTime() + longestSessionMs);
  const life = session.getTime() - now.getTime();
  if (life <= 0 || life > longestSessionMs) return 'paymentSessionExpiryTime must lie within the next hour';
  const payment = timeOf(body, 'paymentExpiryTime');
  return payment !== undefined && payment <= now ? 'paymentExpiryTime must lie ahead' : undefined;
}
