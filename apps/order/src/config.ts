import { type ConfigOf } from '@kasir/platform';
import { commonSettings } from '@kasir/service';
import { z } from 'zod';

/** What this service alone reads from its environment. */
const ownSettings = {
  LATE_PAYMENT: z.enum(['case', 'reopen'], 'must be case or reopen').meta({
    description:
      'what becomes of a success after its order was closed: a case for a person, or the order is paid after all',
    example: 'reopen',
    fallback: 'case',
  }),
};

/** Everything the order service reads from its environment. */
export const settings = { ...commonSettings, ...ownSettings };

export type OwnConfig = ConfigOf<typeof ownSettings>;
