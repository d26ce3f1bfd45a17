import { type Money } from '@kasir/kernel';
import { type Decision } from '../payments.js';
import { SimulatorRefusal } from '../refusal.js';
import { type BankWord } from '../rules/scenario.js';
import { otherAmount, type OtherAmount } from '../rules/other-amount.js';

/** The buyer pays; another amount than was asked for by the smallest step, unless a value in minor units says how much. */
export type PayingWish =
  { readonly does: 'pay' } | { readonly does: 'underpay' | 'overpay'; readonly value?: string | undefined };

/** What the buyer does at the bank. */
export type BuyerWish =
  | PayingWish
  | { readonly does: 'be refused'; readonly code: string }
  | { readonly does: 'pay later'; readonly afterMs: number };

/** The bank's answer, and what else it charges. Without a decision it says nothing, and the time runs out. */
export interface BankAnswer {
  readonly decision?: Decision;
  readonly also?: 'its siblings' | 'a second time' | undefined;
}

const wished = (wish: BuyerWish): BankWord => {
  switch (wish.does) {
    case 'pay':
      return { word: 'pays' };
    case 'underpay':
      return { word: 'pays', other: { than: 'less', value: wish.value } };
    case 'overpay':
      return { word: 'pays', other: { than: 'more', value: wish.value } };
    case 'be refused':
      return { word: 'refuses', code: wish.code };
    case 'pay later':
      return { word: 'is undecided', afterMs: wish.afterMs, then: 'paid', code: 'SUCCESS' };
  }
};

/** Whether a bank can say so of a payment of this amount. */
export const isSayable = (word: BankWord, asked: Money): boolean =>
  word.word !== 'pays' || word.other === undefined || otherAmount(word.other, asked) !== undefined;

/**
 * A rule's word goes before the buyer's wish.
 * @throws SimulatorRefusal when the buyer wants to pay less, or more, with an amount that is not
 */
export function bankSays(rule: BankWord | undefined, wish: BuyerWish, asked: Money, now: Date): BankAnswer {
  const word = rule ?? wished(wish);
  switch (word.word) {
    case 'pays': {
      const charged = word.other === undefined ? {} : { charged: chargedInstead(word.other, asked) };
      return { decision: { outcome: 'paid', code: 'SUCCESS', ...charged }, also: word.also };
    }
    case 'refuses':
      return { decision: { outcome: 'refused', code: word.code } };
    case 'is undecided': {
      const { afterMs, then: outcome, code, overtaken } = word;
      const at = new Date(now.getTime() + afterMs).toISOString();
      const then = { at, outcome, code };
      return { decision: { outcome: 'pending', code: 'SUCCESS', then, ...(overtaken === true ? { overtaken } : {}) } };
    }
    case 'says nothing':
      return {};
  }
}

function chargedInstead(other: OtherAmount, asked: Money): Money {
  const charged = otherAmount(other, asked);
  if (charged !== undefined) return charged;
  throw new SimulatorRefusal(
    400,
    `value must be minor units, ${other.than} than the ${asked.value} that were asked for`,
  );
}
