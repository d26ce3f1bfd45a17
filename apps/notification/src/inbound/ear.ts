import { type Clock } from '@kasir/kernel';
import { type EventContext } from '@kasir/messaging-nest';
import { type Stores } from '../application/ports.js';

/** What the consumers need. */
export interface Ear {
  readonly storesIn: (context: EventContext) => Stores;
  readonly clock: Clock;
}

export const EAR = Symbol('what the consumers need');
