import { type Decision } from '../payments.js';
import { type BankWord } from '../rules/scenario.js';

/** What the buyer does at the bank. */
export type BuyerWish =
  | { readonly does: 'pay' }
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
    case 'be refused':
      return { word: 'refuses', code: wish.code };
    case 'pay later':
      return { word: 'is undecided', afterMs: wish.afterMs, then: 'paid', code: 'SUCCESS' };
  }
};

/** A rule's word goes before the buyer's wish. */
export function bankSays(rule: BankWord | undefined, wish: BuyerWish, now: Date): BankAnswer {
  const word = rule ?? wished(wish);
  switch (word.word) {
    case 'pays':
      return { decision: { outcome: 'paid', code: 'SUCCESS' }, also: word.also };
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
