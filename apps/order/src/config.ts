import { type ConfigOf, setting } from '@kasir/platform';
import { commonSettings } from '@kasir/service';
import { z } from 'zod';

const categories = ['BANK_TRANSFER', 'MOBILE_BANKING_APP', 'ONLINE_BANKING'];

/** What this service alone reads from its environment. */
const ownSettings = {
  LATE_PAYMENT: z.enum(['case', 'reopen'], 'must be case or reopen').meta({
    description:
      'what becomes of a success after its order was closed: a case for a person, or the order is paid after all',
    example: 'reopen',
    fallback: 'case',
  }),
  REFUND_DOUBLES: setting.parsed(categoriesIn, {
    description: 'kinds of banks where the second payment of an order goes back by itself; elsewhere a person decides',
    example: categories.join(),
    fallback: '',
  }),
};

/** Everything the order service reads from its environment. */
export const settings = { ...commonSettings, ...ownSettings };

export type OwnConfig = ConfigOf<typeof ownSettings>;

/** @throws Error naming what it takes */
function categoriesIn(text: string): readonly string[] {
  const named = text.split(',').map((each) => each.trim());
  const chosen = named.filter((each) => each !== '');
  if (chosen.every((each) => categories.includes(each))) return chosen;
  throw new Error(`must be some of ${categories.join(', ')}, separated by commas`);
}
