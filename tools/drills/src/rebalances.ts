import { setTimeout as pause } from 'node:timers/promises';
import { Flood } from './flood.js';
import { Members, positionsOf } from './members.js';
import { freshPlace } from './place.js';
import { type Servers } from './servers.js';
import { appliedIn, until, type Verdict, verdictOf } from './verdict.js';

export interface Rebalances extends Verdict {
  readonly perSecond: number;
  readonly joined: number;
  readonly left: number;
}

/** Members come and go, up to five of them, while records pour in: one comes at least, and two leave. */
export async function comeAndGo(
  { kafka, postgres, folder }: Servers,
  { perSecond, seconds, everyMs, most }: { perSecond: number; seconds: number; everyMs: number; most: number },
): Promise<Rebalances> {
  const place = await freshPlace(kafka.brokers, postgres.adminUrl);
  const members = new Members(place, folder, 10_000);
  const flood = new Flood(place, perSecond);
  let [joined, left, growing] = [2, 0, true];
  try {
    await Promise.all([members.join(), members.join()]);
    await members.untilJoined();
    await flood.begin();
    const end = performance.now() + seconds * 1_000;
    for (; performance.now() < end || joined < 3 || left < 2; await pause(everyMs)) {
      if (members.size === most || members.size === 1) growing = members.size === 1;
      if (growing) {
        await members.join();
        joined += 1;
      } else {
        await members.leave();
        left += 1;
      }
    }
    const said = await flood.end();
    await until(
      'everything has taken effect',
      () => appliedIn(place),
      (applied) => applied >= said,
      120_000,
    );
    return { ...(await verdictOf(place, said)), perSecond, joined, left };
  } finally {
    await flood.end().catch(() => undefined);
    await members.end();
  }
}

export interface Takeover extends Verdict {
  readonly sessionTimeoutMs: number;
  /** From the kill of a member until each of the partitions moves on. */
  readonly takeoverMs: number;
}

/** One of three members is killed while records pour in. */
export async function killMember(
  { kafka, postgres, folder }: Servers,
  { perSecond, sessionTimeoutMs }: { perSecond: number; sessionTimeoutMs: number },
): Promise<Takeover> {
  const place = await freshPlace(kafka.brokers, postgres.adminUrl);
  const members = new Members(place, folder, sessionTimeoutMs);
  const flood = new Flood(place, perSecond);
  try {
    await Promise.all([members.join(), members.join(), members.join()]);
    await members.untilJoined();
    await flood.begin();
    await until(
      'every partition moves',
      () => positionsOf(place),
      (positions) => [...positions.values()].every((position) => position > 0),
    );
    const killed = performance.now();
    await members.kill();
    const before = await positionsOf(place);
    await until(
      'every partition moves again',
      () => positionsOf(place),
      (now) => [...before].every(([partition, position]) => (now.get(partition) ?? 0) > position),
    );
    const takeoverMs = Math.round(performance.now() - killed);
    const said = await flood.end();
    await until(
      'everything has taken effect',
      () => appliedIn(place),
      (applied) => applied >= said,
    );
    return { ...(await verdictOf(place, said)), sessionTimeoutMs, takeoverMs };
  } finally {
    await flood.end().catch(() => undefined);
    await members.end();
  }
}
