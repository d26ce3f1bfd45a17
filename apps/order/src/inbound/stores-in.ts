import { type CausedBy, type Tx } from '@kasir/messaging';
import { type Stores } from '../application/ports.js';

/** The stores of one transaction; what is published in it names its cause. */
export type StoresIn = (tx: Tx, causedBy: CausedBy) => Stores;

export const STORES_IN = Symbol('stores in a transaction');
export const POLICY = Symbol('what the merchant decides');
