import { type CrashPoint, messagingCrashPoints } from '../crash-points.js';
import { dieAndRecover } from './lives.specs.js';
import { effectsOf, repliesOf } from './story.specs.js';

/** At which pass the first life ends: in the middle of things where they happen often. */
const pass: Partial<Record<CrashPoint, number>> = {
  'before-commit': 5,
  'after-commit': 5,
  'relay-before-send': 2,
  'relay-during-send': 2,
  'relay-after-send': 2,
  'relay-after-look': 2,
  'consumer-in-halves': 2,
  'consumer-before-commit': 3,
  'consumer-after-commit': 3,
  'consumer-after-offsets': 2,
};

const timeoutMs = 600_000;

describe('a service that is killed', () => {
  const prove = async (crashes: string[]) => {
    const waves = crashes.length + 1;
    const { deaths, effects, heard, idsHeard, idsSaid, left } = await dieAndRecover(crashes);
    expect(deaths).toEqual(crashes.map(() => 'SIGKILL'));
    expect(effects).toEqual(effectsOf(waves));
    expect(heard).toEqual(repliesOf(waves));
    expect(idsHeard).toEqual(idsSaid);
    expect(left).toEqual({ outbox: 0, unsendable: 2 * waves, letters: waves, waiting: waves });
  };

  it.concurrent.each(messagingCrashPoints)(
    'at %s has lost nothing, doubled no effect and turned nothing round after it starts again',
    (point) => prove([`${point}:${pass[point] ?? 1}`]),
    timeoutMs,
  );

  it.concurrent.each(messagingCrashPoints)(
    'at %s and there again while it recovers has done so neither',
    (point) => prove([`${point}:${pass[point] ?? 1}`, `${point}:1`]),
    timeoutMs,
  );
});
