import { commonSettings } from '@kasir/service';

/** Everything the order service reads from its environment. */
export const settings = { ...commonSettings };
