import { type Clock } from '@kasir/kernel';
import { isMovable, type Movable } from './movable.js';
import { ShiftedTime } from './shifted-time.js';
import { systemTimer, type Timer } from './timer.js';

export interface SimulatorTime {
  readonly clock: Clock;
  readonly timer: Timer;
  readonly movable: Movable | undefined;
  stop(): void;
}

/** One's own clock and timer, or the system's time as far ahead as an earlier life had moved it. */
export function timeOf(own: { readonly clock?: Clock; readonly timer?: Timer }, aheadMs: number): SimulatorTime {
  if (own.clock === undefined && own.timer === undefined) {
    const time = new ShiftedTime(aheadMs);
    return { clock: time, timer: time, movable: time, stop: () => time.stop() };
  }
  const shifted = new ShiftedTime(aheadMs);
  const { clock = shifted, timer = systemTimer } = own;
  return { clock, timer, movable: isMovable(clock) ? clock : undefined, stop: () => shifted.stop() };
}
