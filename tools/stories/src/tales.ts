import { type RuleOrder, type ScenarioName } from '@kasir/antom-sim';
import { type BankChoice } from '@kasir/contracts';
import { type Money } from '@kasir/kernel';

/** One way to a bank, and amounts that it takes. */
interface Way {
  readonly choice: BankChoice;
  readonly currency: 'THB' | 'IDR';
  readonly firstAmount: number;
}

export const ways = {
  'a Thai bank app': { choice: { category: 'MOBILE_BANKING_APP' }, currency: 'THB', firstAmount: 10_000 },
  'a Thai bank transfer': { choice: { category: 'BANK_TRANSFER' }, currency: 'THB', firstAmount: 1_000_000 },
  'an Indonesian bank transfer': { choice: { category: 'BANK_TRANSFER' }, currency: 'IDR', firstAmount: 100_000_000 },
} as const satisfies Record<string, Way>;

export type WayName = keyof typeof ways;

/** How an order ends: paid, or with no money; and which cases a person finds. */
export interface Ending {
  readonly order: 'paid' | 'closed';
  readonly cases?: readonly string[];
}

interface Plot {
  readonly buyer: 'pays' | 'leaves';
  readonly ending: Ending;
  /** What has to go wrong besides, for the scenario to matter. */
  readonly also?: ScenarioName;
}

const paid: Plot = { buyer: 'pays', ending: { order: 'paid' } };
const refused: Plot = { buyer: 'pays', ending: { order: 'closed' } };
const left: Plot = { buyer: 'leaves', ending: { order: 'closed' } };
const paidInSilence: Plot = { ...paid, also: 'lost_notify' };

/** What becomes of an order in each scenario of the simulator. */
export const plots: Partial<Record<ScenarioName, Plot>> = {
  success: paid,
  fail: refused,
  user_cancel: refused,
  pending_then_success: paid,
  pending_then_fail: refused,
  out_of_order: paid,
  never_paid: refused,
  charged_twice: { ...paid, ending: { order: 'paid', cases: ['duplicate-payment'] } },
  lost_notify: paid,
  duplicate_notify: paid,
  late_notify: paid,
  notify_after_merchant_500: paid,
  bad_signature: paid,
  unknown_payment: paid,
  other_client_id: paid,
  notify_before_response: paid,
  session_U: paid,
  session_timeout: paid,
  call_U: paid,
  call_timeout: paid,
  http_500: paid,
  rate_limited: paid,
  malformed_json: paid,
  unsigned: paid,
  inquiry_stale: paidInSilence,
  inquiry_not_found_then_found: paidInSilence,
  app_not_installed: left,
  no_return: paid,
  return_in_other_browser: paid,
  closed_popup: left,
  session_expired: left,
  gateway_error: left,
};

/** One order that is told from its first request to its end. */
export interface Tale {
  readonly scenario: ScenarioName;
  readonly way: WayName;
  readonly orderId: string;
  readonly amount: Money;
  readonly choice: BankChoice;
  readonly buyer: Plot['buyer'];
  readonly ending: Ending;
  readonly rules: readonly RuleOrder[];
}

/** Every tale has an amount of its own, by which the simulator knows what is to happen to it. */
export const tales: readonly Tale[] = Object.entries(ways).flatMap(([way, { choice, currency, firstAmount }]) =>
  Object.entries(plots).map(([scenario, { buyer, ending, also }], index): Tale => {
    const amount = { value: String(firstAmount + index * 100), currency };
    const rule = (name: ScenarioName): RuleOrder => ({ scenario: name, amount: `${currency} ${amount.value}` });
    return {
      scenario: scenario as ScenarioName,
      way: way as WayName,
      orderId: `${scenario}.${currency}.${Object.values(choice).join()}`,
      amount,
      choice,
      buyer,
      ending,
      rules: [scenario as ScenarioName, ...(also === undefined ? [] : [also])].map(rule),
    };
  }),
);
