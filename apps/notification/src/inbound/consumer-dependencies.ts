import { type Clock } from '@kasir/kernel';
import { type EventContext } from '@kasir/messaging-nest';
import { type Stores } from '../application/ports.js';

export interface ConsumerDependencies {
  readonly storesIn: (context: EventContext) => Stores;
  readonly clock: Clock;
}

export const CONSUMER_DEPENDENCIES = Symbol('what the consumers need');
