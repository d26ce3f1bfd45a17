import { type Money } from '@kasir/kernel';
import { glob } from './glob.js';
import { callNames, longestMs, strayField } from './order-limits.js';
import { detailsOf } from './scenario-details.js';
import { type Scenario, type ScenarioDetails, type Stage, type Stages } from './scenario.js';
import { type ScenarioName, scenarios } from './scenarios.js';

/** Makes something happen to the payments that it is meant for. */
export interface RuleOrder extends ScenarioDetails {
  readonly scenario: ScenarioName;
  /** Payments whose paymentRequestId is like this; `*` stands for anything, as in the other patterns. */
  readonly match?: string;
  /** Payments whose bank choice is like this: the name of a bank, a category, or a region. */
  readonly bank?: string;
  /** Payments of this amount: `16000` or `THB 16000`, in minor units. */
  readonly amount?: string;
  /** So many times, 1 when left out. */
  readonly times?: number | 'always';
}

export interface Rule extends RuleOrder {
  readonly id: number;
  /** -1: without end. */
  readonly left: number;
}

/** The payment that a rule is asked about. */
export interface Subject {
  readonly paymentRequestId: string;
  readonly bank: Readonly<Record<string, string>>;
  readonly amount: Money | undefined;
}

/** The rules that are in force; the oldest that fits is used, at each moment of a payment's life for itself. */
export class Rules {
  #rules: Rule[] = [];
  #nextId = 1;

  /** @throws RangeError naming the field that is wrong */
  add(order: RuleOrder): Rule {
    const problem = orderProblem(order);
    if (problem !== undefined) throw new RangeError(problem);
    const rule = { ...order, id: this.#nextId++, left: order.times === 'always' ? -1 : (order.times ?? 1) };
    this.#rules.push(rule);
    return rule;
  }

  /** What a rule makes of this moment, if one does. It is used up by one. */
  take<Name extends Stage>(
    stage: Name,
    subject: Subject,
    fits: (does: Stages[Name]) => boolean = () => true,
  ): Stages[Name] | undefined {
    if (this.isEmpty) return undefined;
    for (const rule of this.#rules) {
      const scenario: Scenario = scenarios[rule.scenario];
      if (scenario.stage !== stage || !meant(rule, subject)) continue;
      const does = scenario.does(rule) as Stages[Name];
      if (!fits(does)) continue;
      this.#useUp(rule);
      return does;
    }
    return undefined;
  }

  get isEmpty(): boolean {
    return this.#rules.length === 0;
  }

  list(): readonly Rule[] {
    return this.#rules;
  }

  /** One of them, or all. */
  remove(id?: number): void {
    this.#rules = id === undefined ? [] : this.#rules.filter((rule) => rule.id !== id);
  }

  #useUp({ id, left }: Rule): void {
    if (left === 1) this.remove(id);
    else if (left > 1) this.#rules = this.#rules.map((rule) => (rule.id === id ? { ...rule, left: left - 1 } : rule));
  }
}

const meant = ({ match, bank, amount }: Rule, subject: Subject): boolean =>
  (match === undefined || glob(match).test(subject.paymentRequestId)) &&
  (bank === undefined || Object.values(subject.bank).some((chosen) => glob(bank).test(chosen))) &&
  (amount === undefined ||
    amount === subject.amount?.value ||
    amount === `${subject.amount?.currency} ${subject.amount?.value}`);

const texts = ['match', 'bank', 'amount', 'code', 'value', 'clientId', 'call'] as const;

function orderProblem(order: RuleOrder): string | undefined {
  if (!Object.hasOwn(scenarios, order.scenario)) return `scenario must be one of ${Object.keys(scenarios).join(', ')}`;
  const wrong = texts.find((name) => order[name] !== undefined && typeof order[name] !== 'string');
  if (wrong !== undefined) return `${wrong} must be a text`;
  const { amount = '1', call } = order;
  if (!/^([A-Z]{3} )?\d{1,16}$/.test(amount)) return 'amount must be minor units, such as "16000" or "THB 16000"';
  if (call !== undefined && !callNames.includes(call)) return `call must be one of ${callNames.join(', ')}`;
  const { times = 1, deliveries = 1, afterMs = 0, copies = 1, value = '1' } = order;
  const pays = order.scenario === 'underpay' || order.scenario === 'overpay';
  if (pays && !/^[1-9]\d{0,15}$/.test(value)) return 'value must be minor units such as "15900"';
  if (times !== 'always' && !isCount(times)) return 'times must be a whole number from 1, or "always"';
  if (deliveries !== 'all' && !isCount(deliveries)) return 'deliveries must be a whole number from 1, or "all"';
  if (!isCount(copies)) return 'copies must be a whole number from 1';
  if (!Number.isInteger(afterMs) || afterMs < 0 || afterMs > longestMs)
    return 'afterMs must be a whole number from 0, at most ten years';
  return strayField(order, ['scenario', 'match', 'bank', 'amount', 'times', ...detailsOf(order.scenario)]);
}

const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 1;
