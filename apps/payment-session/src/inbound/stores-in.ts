import { type EventContext } from '@kasir/messaging-nest';
import { type CausedBy, type Stores } from '../application/ports.js';

/** The stores of one transaction; what is said in it names its cause. */
export type StoresIn = (context: EventContext, causedBy: CausedBy) => Stores;

export const STORES_IN = Symbol('stores in a transaction');
export const TOOLS = Symbol('what use cases need beside the stores');
