import { type Money } from '@kasir/kernel';
import { type World } from '../state/world.js';
import { type SessionOpened } from '../state/facts.js';
import { type Session } from '../state/views.js';
import { antomTime } from '../time/antom-time.js';
import { type Answer, refused as refusal } from './answer.js';
import { readBank } from './bank.js';
import {
  at,
  currency,
  type FieldRule,
  firstProblem,
  httpAddress,
  isObject,
  minorUnits,
  oneOf,
  optional,
  required,
  text,
  webAddress,
  wholeRupiah,
} from './field-rules.js';
import { fingerprint } from './fingerprint.js';
import { success } from './results.js';
import { newSessionData, newSessionId } from './session-data.js';

const longestSessionMs = 3_600_000;

const fieldRules: readonly FieldRule[] = [
  required('productCode', oneOf('CASHIER_PAYMENT')),
  required('paymentRequestId', text(64)),
  required('order', (order) => (isObject(order) ? undefined : 'must be an object')),
  required('order.referenceOrderId', text(64)),
  required('order.orderDescription', text(256)),
  required('order.orderAmount.currency', currency),
  required('order.orderAmount.value', minorUnits),
  required('paymentAmount.currency', currency),
  required('paymentAmount.value', minorUnits),
  required('paymentAmount', wholeRupiah),
  required('paymentMethod.paymentMethodType', oneOf('BANK')),
  required('paymentMethod.paymentMethodMetaData', () => undefined),
  required('paymentRedirectUrl', webAddress),
  required('settlementStrategy.settlementCurrency', currency),
  optional('env.terminalType', oneOf('WEB', 'WAP', 'APP', 'MINI_APP')),
  optional('env.osType', oneOf('IOS', 'ANDROID')),
];

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
    firstProblem(body, fieldRules) ?? firstProblem(body, [notifyRule(context)]) ?? expiryProblem(body, context.now);
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
    expiresAt: (expiryOf(body) ?? new Date(now.getTime() + longestSessionMs)).toISOString(),
    sessionId: newSessionId(),
    sessionData: newSessionData(clientId, amount),
  };
}

const notifyUrlNeeded = required('paymentNotifyUrl', httpAddress);
const notifyUrlAllowed = optional('paymentNotifyUrl', httpAddress);
const notifyRule = ({ notifyOverride }: CreateContext): FieldRule =>
  notifyOverride === undefined ? notifyUrlNeeded : notifyUrlAllowed;

function expiryOf(body: unknown): Date | undefined {
  const text = at(body, 'paymentSessionExpiryTime');
  return text === undefined ? undefined : new Date(String(text));
}

function expiryProblem(body: unknown, now: Date): string | undefined {
  const expiry = expiryOf(body);
  if (expiry === undefined) return undefined;
  const life = expiry.getTime() - now.getTime();
  return life > 0 && life <= longestSessionMs ? undefined : 'paymentSessionExpiryTime must lie within the next hour';
}
