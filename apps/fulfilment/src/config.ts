import { commonSettings } from '@kasir/service';

/** Everything fulfilment reads from its environment. */
export const settings = { ...commonSettings };
