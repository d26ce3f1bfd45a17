import { type BankChoice } from '@kasir/contracts';

/** What a session was opened for; `OTHER` is one bank, or the banks of a country. */
export type ChoiceKind = 'MOBILE_BANKING_APP' | 'ONLINE_BANKING' | 'BANK_TRANSFER' | 'OTHER';

/**
 * What becomes of the request for another way of paying, where Antom can't stop the living session. `supersede` lets the new
 * one start beside it, and only if Antom answers that the buyer never used the old one; once it was used, all are refused.
 */
export type SecondAttemptRule = 'refuse' | 'supersede';
export type SecondAttemptPolicy = Readonly<Record<ChoiceKind, SecondAttemptRule>>;

/** A buyer who changes the bank does not wait: a superseded session is watched, and cancelled when a payment is seen in it. */
export const usualPolicy: SecondAttemptPolicy = {
  MOBILE_BANKING_APP: 'supersede',
  ONLINE_BANKING: 'supersede',
  BANK_TRANSFER: 'supersede',
  OTHER: 'supersede',
};

export const kindOf = ({ category }: BankChoice): ChoiceKind => category ?? 'OTHER';

/** Whether a new attempt may start beside a session that Antom could not stop. */
export const maySupersede = (policy: SecondAttemptPolicy, living: BankChoice, unused: boolean): boolean =>
  unused && policy[kindOf(living)] === 'supersede';

/**
 * Reads `METHOD:rule` pairs such as `BANK_TRANSFER:supersede,OTHER:refuse`; what is not named stays as usual.
 * @throws RangeError
 */
export function parseSecondAttempt(text: string): SecondAttemptPolicy {
  const pairs = text.split(',').map((pair) => pair.trim().split(':'));
  for (const [kind = '', rule = '', ...more] of pairs)
    if (!Object.hasOwn(usualPolicy, kind) || !(rule === 'refuse' || rule === 'supersede') || more.length > 0)
      throw new RangeError(
        `must be pairs such as BANK_TRANSFER:refuse, separated by commas; before the colon one of ${Object.keys(usualPolicy).join(', ')}, after it refuse or supersede`,
      );
  return { ...usualPolicy, ...(Object.fromEntries(pairs) as Partial<SecondAttemptPolicy>) };
}
