import { setTimeout as pause } from 'node:timers/promises';
import { CommitCutter } from './commit-cutter.js';
import { freshPlace } from './place.js';
import { type Servers } from './servers.js';
import { openListener, openSpeaker } from './service.js';
import { Speaking } from './speaking.js';
import { appliedIn, recordsOn, until, type Verdict, verdictOf } from './verdict.js';

export interface CutCommits extends Verdict {
  /** COMMITs that never reached the server. */
  readonly cutBefore: number;
  /** COMMITs that were done and never answered. */
  readonly cutAfter: number;
  readonly repeatsOnTopic: number;
}

/** Both services reach their databases through a cutter, for so many seconds. */
export async function cutCommits(
  { kafka, postgres }: Servers,
  { perSecond, seconds, everyNth }: { perSecond: number; seconds: number; everyNth: number },
): Promise<CutCommits> {
  const place = await freshPlace(kafka.brokers, postgres.adminUrl);
  const cutter = await CommitCutter.before(postgres.adminUrl, everyNth);
  const speaker = await openSpeaker(place, cutter.through(place.speaker));
  const listener = await openListener(place, { url: cutter.through(place.listener) });
  const speaking = new Speaking(speaker, perSecond);
  try {
    await pause(seconds * 1_000);
    await until(
      'connections have been cut at both sides of a COMMIT',
      () => Math.min(cutter.cutBefore, cutter.cutAfter),
      (cuts) => cuts > 3,
    );
    const said = await speaking.end();
    await until(
      'everything has taken effect',
      () => appliedIn(place),
      (applied) => applied >= said,
    );
    const { cutBefore, cutAfter } = cutter;
    const repeatsOnTopic = (await recordsOn(place)) - said;
    return { ...(await verdictOf(place, said)), cutBefore, cutAfter, repeatsOnTopic };
  } finally {
    await speaking.end();
    await Promise.all([speaker.stop(), listener.stop()]);
    await cutter.close();
  }
}
