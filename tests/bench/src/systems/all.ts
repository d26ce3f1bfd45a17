import { type Rival } from '../rival.js';
import { kasirOf } from './kasir.js';
import { rivalSystem } from './rivals.js';
import { type StartSystem, type SystemName } from './system.js';

/** How each system is started; Kasir is the one of a built checkout. */
export async function starterOf(system: SystemName, checkout: string): Promise<StartSystem> {
  switch (system) {
    case 'kasir':
      return kasirOf(checkout);
    case 'floor':
      return rivalSystem((await rival<{ floor: Rival }>('floor')).floor);
    case 'usual-way':
      return rivalSystem((await rival<{ usualWay: Rival }>('usual-way')).usualWay);
  }
}

const rival = async <Module>(folder: string): Promise<Module> =>
  (await import(new URL(`../${folder}/index.js`, import.meta.url).href)) as Module;
