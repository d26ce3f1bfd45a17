import { type Clock } from '@kasir/kernel';
import { type Tx } from '@kasir/messaging';
import { type Stores } from '../application/ports.js';

/** What the consumers need. */
export interface Ear {
  readonly storesIn: (tx: Tx) => Stores;
  readonly clock: Clock;
}

export const EAR = Symbol('what the consumers need');
