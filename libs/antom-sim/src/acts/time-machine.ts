import { SimulatorRefusal } from '../refusal.js';
import { type World } from '../state/world.js';
import { type Courier } from '../notifications/courier.js';
import { type SimulatorTime } from '../time/time-of.js';

export interface TimeMachineParts {
  readonly time: SimulatorTime;
  readonly world: World;
  readonly courier: Courier;
}

/** Antom's times have four digits for the year. */
const endOfTime = Date.UTC(9999, 0, 1);

/**
 * Moves the simulator's clock on. What falls due on the way happens in its order, and a delivery that is made on the way is
 * answered before time goes on, so that its next re-send is counted from its own moment.
 * @throws SimulatorRefusal where the clock is not ours, or would pass the year 9998
 */
export async function advance(ms: number, { time, world, courier }: TimeMachineParts): Promise<Date> {
  const { clock, movable } = time;
  if (movable === undefined) throw new SimulatorRefusal(409, 'the clock is not the simulator’s own');
  if (clock.now().getTime() + ms >= endOfTime) throw new SimulatorRefusal(400, 'ms must end before the year 9999');
  await courier.idle();
  const until = clock.now().getTime() + ms;
  const go = async (to: number) => {
    const step = to - clock.now().getTime();
    if (step > 0) world.record({ fact: 'clock advanced', at: clock.now().toISOString(), ms: step });
    movable.advance(Math.max(0, step));
    await courier.idle();
  };
  for (let due = movable.nextDue(); due !== undefined && due.getTime() <= until; due = movable.nextDue())
    await go(due.getTime());
  await go(until);
  return clock.now();
}
