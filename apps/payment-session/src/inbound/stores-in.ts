import { type Tx } from '@kasir/messaging';
import { type CausedBy, type Stores } from '../application/ports.js';

/** The stores of one transaction; what is said in it names its cause. */
export type StoresIn = (tx: Tx, causedBy: CausedBy) => Stores;

/** Looks at once whether a call to Antom has become due. */
export interface Calls {
  wake(): void;
}

export const STORES_IN = Symbol('stores in a transaction');
export const TOOLS = Symbol('what use cases need beside the stores');
export const CALLS = Symbol('the calls to Antom that an event makes due');
