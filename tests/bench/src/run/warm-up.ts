import { median } from '../figures/percentile.js';
import { type LegOutcome } from '../generator/protocol.js';
import { type SystemName } from '../systems/system.js';
import { type Stint } from './stint.js';

const rate = 20;
const seconds = 5;
/** Paid as fast as they go, so many at a time: the broker, too, meets the load of the knee before anything is measured. */
const rush = { floor: 1_500, 'usual-way': 500, kasir: 400 } as const;
const concurrency = 12;
/** Two halves of five seconds that differ by less are flat. */
const flat = 0.1;

export interface WarmUp {
  readonly seconds: number;
  /** POST p50 of each slice of 5 s, in milliseconds. */
  readonly postP50: readonly number[];
  readonly isFlat: boolean;
}

/** Pays a crowd, then 20/s until the median of POST does not fall any more, for so many seconds at most. */
export async function warmUp(stint: Stint, system: SystemName, atMostSeconds: number): Promise<WarmUp> {
  const medians: number[] = [];
  if (atMostSeconds > 0) await stint.load({ count: rush[system], load: { concurrency } });
  while (medians.length * seconds < atMostSeconds) {
    medians.push(postMedian(await stint.load({ count: rate * seconds, load: { rate } })));
    if (medians.length >= 3 && isFlat(medians))
      return { seconds: medians.length * seconds, postP50: medians, isFlat: true };
  }
  return { seconds: medians.length * seconds, postP50: medians, isFlat: isFlat(medians) };
}

/** Neither of the last two steps was an improvement worth waiting for. */
export function isFlat(medians: readonly number[]): boolean {
  const [first, second, third] = medians.slice(-3);
  if (third === undefined) return false;
  return second! > first! * (1 - flat) && third > second! * (1 - flat);
}

export const postMedian = ({ payments }: LegOutcome): number =>
  median(payments.map(([, post]) => post).filter((ms) => ms !== null));
