import { type ConfigOf, setting } from '@kasir/platform';
import { commonSettings } from '@kasir/service';
import { z } from 'zod';

/** What this service alone reads from its environment. */
const ownSettings = {
  LATE_PAYMENT: z.enum(['case', 'reopen'], 'must be case or reopen').meta({
    description:
      'what becomes of money that was paid after the end of its order and LATE_PAYMENT_GRACE: a case for a person, or the order is paid after all',
    example: 'reopen',
    fallback: 'case',
  }),
  LATE_PAYMENT_GRACE: setting.duration({
    description: 'how long after the end of its order money still pays it',
    example: '20m',
    fallback: '20m',
  }),
};

/** Everything the order service reads from its environment. */
export const settings = { ...commonSettings, ...ownSettings };

export type OwnConfig = ConfigOf<typeof ownSettings>;
