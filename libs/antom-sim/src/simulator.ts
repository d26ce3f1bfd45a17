import { type AddressInfo } from 'node:net';
import { type BankMethod } from './banks/bank-method.js';
import { methodOf } from './banks/choose.js';
import { Core } from './core.js';
import { type Fault } from './faults.js';
import { buildServer } from './http/server.js';
import { type JournalEntry } from './journal.js';
import { type SimulatorOptions } from './options.js';
import { SimulatorRefusal } from './refusal.js';
import { type Rule, type RuleOrder } from './rules/rules.js';
import { type Charge, type LedgerEntry, type NotificationState, type Refund, type Session } from './state/views.js';

/** A running simulator, in this process. */
export interface Simulator {
  readonly url: string;
  readonly port: number;
  /** Every charge and refund, in order: what moved, whatever anybody was told. */
  ledger(): readonly LedgerEntry[];
  sessions(): readonly Session[];
  refunds(): readonly Refund[];
  notifications(): readonly NotificationState[];
  journal(): readonly JournalEntry[];
  /** The shopper chooses a way to pay, by the code of a method or the session's own. @throws SimulatorRefusal */
  submit(paymentRequestId: string, method?: string): Session;
  /** The shopper pays; twice is once. @throws SimulatorRefusal */
  pay(paymentRequestId: string): Charge;
  /** The shopper pays less than was asked for: by the smallest step, or so many minor units. @throws SimulatorRefusal */
  underpay(paymentRequestId: string, value?: string): Charge;
  /** The shopper pays more than was asked for: by the smallest step, or so many minor units. @throws SimulatorRefusal */
  overpay(paymentRequestId: string, value?: string): Charge;
  /** The bank refuses one try. @throws SimulatorRefusal */
  refuse(paymentRequestId: string, code?: string): void;
  /** Makes something happen to payments that are still to come. @throws RangeError naming the field that is wrong */
  rule(order: RuleOrder): Rule;
  /** Disturbs the next calls. @throws RangeError naming the field that is wrong */
  disturb(fault: Fault): void;
  /** Ends every rule and fault, and lets go what is held; chance begins again. */
  reset(seed?: number): void;
  /** Keeps notifications about payments like this until they are released. */
  hold(match: string): void;
  /** @returns how many were held */
  release(): number;
  /** Moves the clock on, through every delivery that falls due on the way. @throws SimulatorRefusal where the clock is not its own */
  advance(ms: number): Promise<Date>;
  /** Resolves when no notification is on its way; one that waits to be sent again does not count. */
  idle(): Promise<void>;
  /** Breaks off what is under way. Stopping twice is stopping once. */
  stop(): Promise<void>;
}

/** Starts a stand-in for Antom that takes signed calls, keeps a ledger and sends signed notifications. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const core = new Core(options);
  const app = buildServer(core);
  const host = options.host ?? '127.0.0.1';
  try {
    await app.listen({ host, port: options.port ?? 0 });
  } catch (error) {
    await core.stop();
    throw error;
  }
  core.resume();
  let stopped: Promise<void> | undefined;
  const stop = async () => {
    await app.close();
    await core.stop();
  };
  const { port } = app.server.address() as AddressInfo;
  return {
    url: `http://${host}:${port}`,
    port,
    ledger: () => core.world.ledger(),
    sessions: () => core.world.payments.sessions(),
    refunds: () => core.world.refunds.refunds(),
    notifications: () => core.world.notifications(),
    journal: () => core.journal.entries(),
    submit: (paymentRequestId, code) => core.cashier.submit(paymentRequestId, methodCalled(code)),
    pay: (paymentRequestId) => core.cashier.pay(paymentRequestId),
    underpay: (paymentRequestId, value) => core.cashier.pay(paymentRequestId, { does: 'underpay', value }),
    overpay: (paymentRequestId, value) => core.cashier.pay(paymentRequestId, { does: 'overpay', value }),
    refuse: (paymentRequestId, code = 'USER_BALANCE_NOT_ENOUGH') =>
      void core.cashier.act(paymentRequestId, { does: 'be refused', code }),
    rule: (order) => core.rules.add(order),
    disturb: (fault) => core.faults.add(fault),
    reset: (seed) => core.reset(seed),
    hold: (match) => core.courier.hold(match),
    release: () => core.courier.release(),
    advance: (ms) => core.advance(ms),
    idle: () => core.courier.idle(),
    stop: () => (stopped ??= stop()),
  };
}

function methodCalled(code: string | undefined): BankMethod | undefined {
  if (code === undefined) return undefined;
  const method = methodOf(code);
  if (method === undefined) throw new SimulatorRefusal(404, `there is no method ${code}`);
  return method;
}
