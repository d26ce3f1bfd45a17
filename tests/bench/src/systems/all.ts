import { floor } from '../floor/index.js';
import { usualWay } from '../usual-way/index.js';
import { kasirOf } from './kasir.js';
import { rivalSystem } from './rivals.js';
import { type StartSystem, type SystemName } from './system.js';

/** How each system is started; Kasir is the one of a built checkout. */
export function starterOf(system: SystemName, checkout: string): StartSystem {
  switch (system) {
    case 'kasir':
      return kasirOf(checkout);
    case 'floor':
      return rivalSystem(floor);
    case 'usual-way':
      return rivalSystem(usualWay);
  }
}
