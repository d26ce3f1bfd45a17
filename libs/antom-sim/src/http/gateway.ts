import { type BankMethod } from '../banks/bank-method.js';
import { limitProblem, methodsFor, preferredMethod } from '../banks/choose.js';
import { type Core } from '../core.js';
import { printMoney } from '../pages/print.js';
import { languageOf } from '../pages/words/languages.js';
import { livingSession } from '../payments.js';
import { at } from '../protocol/field-rules.js';
import { SimulatorRefusal } from '../refusal.js';
import { type PageFault } from '../rules/scenario.js';
import { type Session } from '../state/views.js';

/** What the gateway says to Antom's web SDK, or to the frame in it. */
export interface GatewayAnswer {
  readonly paymentRequestId?: string;
  /** `Result-Status`: 1000 is well, 3000 is a failure of the gateway itself. */
  readonly status: 1000 | 3000;
  readonly body: { readonly success: boolean; readonly [field: string]: unknown };
}

const failed = (errorCode: string, session?: Session): GatewayAnswer => ({
  status: 1000,
  body: { success: false, errorCode, errorMessage: errorCode },
  ...(session === undefined ? {} : { paymentRequestId: session.paymentRequestId }),
});

const sessionOver = (session?: Session) => failed('INQUIRY_PAYMENT_SESSION_FAILED', session);

/** Tells which banks a session offers. */
export function query(wish: unknown, core: Core): GatewayAnswer {
  const session = sessionOf(wish, core);
  if (session === undefined) return sessionOver();
  const { paymentRequestId } = session;
  const fault = core.rules.take('page', session, (each) => queryFaults.includes(each));
  if (fault === 'gateway error') return { paymentRequestId, status: 3000, body: { success: false } };
  if (fault === 'session expired' || isOver(session, core)) return sessionOver(session);
  const terminalType = terminalOf(session, wish);
  const methods = offered(session, wish).map((method) => shown(method, session));
  const single = session.bank['bankName'] !== undefined && methods[0]?.problem === undefined;
  const amount = printMoney(session.amount, languageOf(at(wish, 'envInfo.locale')));
  const body = {
    success: true,
    methods,
    single,
    amount,
    terminalType,
    ...(fault === undefined ? {} : { pageFault: fault }),
  };
  return { paymentRequestId, status: 1000, body };
}

const queryFaults: readonly PageFault[] = ['gateway error', 'session expired', 'closed popup'];

/** Begins the payment with the method that the buyer chose, and tells where its bank is. */
export function submitPay(wish: unknown, core: Core, baseUrl: string): GatewayAnswer {
  const session = sessionOf(wish, core);
  if (session === undefined) return sessionOver();
  const code = at(wish, 'paymentMethodType');
  const method = offered(session, wish).find((each) => each.code === code);
  if (method === undefined) return failed('PARAM_ILLEGAL', session);
  try {
    const { paymentId, paymentRequestId } = core.cashier.submit(session.paymentRequestId, method);
    const bank = `${baseUrl}/bank/${paymentId}?lang=${languageOf(at(wish, 'envInfo.locale'))}`;
    return { paymentRequestId, status: 1000, body: { success: true, redirect: waysTo(bank, method, session, core) } };
  } catch (error) {
    if (error instanceof SimulatorRefusal) return sessionOver(session);
    throw error;
  }
}

function waysTo(bank: string, { category }: BankMethod, session: Session, core: Core): object {
  const missing = core.rules.take('page', session, (each) => each === 'app not installed') !== undefined;
  if (missing) return { normalUrl: bank, schemeUrl: 'simulated-bank://pay', applinkUrl: '' };
  const app = category === 'MOBILE_BANKING_APP';
  return { normalUrl: bank, schemeUrl: '', applinkUrl: app ? bank : '' };
}

const sessionOf = (wish: unknown, { world }: Core): Session | undefined =>
  world.payments.bySessionKey(String(at(wish, 'paymentSessionData')));

function isOver({ paymentRequestId }: Session, { world, clock }: Core): boolean {
  try {
    livingSession(world, paymentRequestId, clock.now());
    return false;
  } catch {
    return true;
  }
}

/** A desktop has no banking app, whatever the session was opened for. */
function offered(session: Session, wish: unknown): readonly BankMethod[] {
  const { bank, amount } = session;
  const methods = methodsFor(bank, amount.currency, terminalOf(session, wish));
  return methods.length > 0 ? methods : [preferredMethod(bank, amount.currency)];
}

function terminalOf({ terminal }: Session, wish: unknown): string {
  const here = at(wish, 'envInfo.terminalType');
  return typeof here === 'string' ? here : terminal;
}

function shown(method: BankMethod, { amount }: Session) {
  const problem = limitProblem(method, amount);
  const { code, bank, category } = method;
  return { code, bank, category, ...(problem === undefined ? {} : { problem }) };
}
