import { type Clock } from '@kasir/kernel';
import { type Journal } from '../journal.js';
import { type Courier } from '../notifications/courier.js';
import { type Rules } from '../rules/rules.js';
import { type World } from '../state/world.js';
import { type Agenda } from './agenda.js';

/** What everybody in the simulator works with. */
export interface Parts {
  readonly world: World;
  readonly clock: Clock;
  readonly agenda: Agenda;
  readonly journal: Journal;
  readonly courier: Courier;
  readonly rules: Rules;
}
