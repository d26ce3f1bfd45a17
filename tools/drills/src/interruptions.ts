import { setTimeout as pause } from 'node:timers/promises';
import { freshPlace } from './place.js';
import { openListener, openSpeaker } from './service.js';
import { Speaking } from './speaking.js';
import { type Servers } from './servers.js';
import { appliedIn, recordsOn, until, type Verdict, verdictOf } from './verdict.js';

/** What is done to a server while messages flow; resolves when the server answers again. */
export type Interruption = (servers: Servers) => Promise<void>;

export interface Interrupted extends Verdict {
  /** From the moment that the server is back until something takes effect again. */
  readonly resumedMs: number;
  /** From the same moment until everything that was said before it has taken effect. */
  readonly recoveryMs: number;
  readonly repeatsOnTopic: number;
  /** Transactions of the speaker that failed and were done again. */
  readonly failedTransactions: number;
}

const everybodySpeaksMs = 1_500;

/** Messages flow from one service's outbox to another's effects, a server goes away and comes back, and they flow on. */
export async function interrupt(servers: Servers, interruption: Interruption, perSecond: number): Promise<Interrupted> {
  const { kafka, postgres } = servers;
  const place = await freshPlace(kafka.brokers, postgres.adminUrl);
  const [speaker, listener] = await Promise.all([openSpeaker(place), openListener(place)]);
  const speaking = new Speaking(speaker, perSecond);
  try {
    await pause(everybodySpeaksMs);
    await interruption(servers);
    const back = performance.now();
    const before = speaking.said;
    const applied = await appliedIn(place);
    await until(
      'messages flow again',
      () => appliedIn(place),
      (now) => now > applied,
    );
    const resumedMs = Math.round(performance.now() - back);
    await until(
      'what was said before has taken effect',
      () => appliedIn(place),
      (applied) => applied >= before,
    );
    const recoveryMs = Math.round(performance.now() - back);
    await pause(everybodySpeaksMs);
    const said = await speaking.end();
    await until(
      'everything has taken effect',
      () => appliedIn(place),
      (applied) => applied >= said,
    );
    const records = await recordsOn(place);
    return {
      ...(await verdictOf(place, said)),
      resumedMs,
      recoveryMs,
      repeatsOnTopic: records - said,
      failedTransactions: speaking.failures,
    };
  } finally {
    await speaking.end();
    await Promise.all([speaker.stop(), listener.stop()]);
  }
}

export const restartBroker: Interruption = ({ kafka }) => kafka.restart();

export const killBroker: Interruption = async ({ kafka }) => {
  await kafka.kill();
  await kafka.restart();
};

export const freezeBroker =
  (ms: number): Interruption =>
  async ({ kafka }) => {
    kafka.freeze();
    await pause(ms);
    kafka.resume();
  };

export const stopBroker =
  (ms: number): Interruption =>
  async ({ kafka }) => {
    await kafka.stop();
    await pause(ms);
    await kafka.restart();
  };

export const restartDatabase: Interruption = ({ postgres }) => postgres.restart();

export const killDatabase: Interruption = async ({ postgres }) => {
  await postgres.kill();
  await postgres.restart();
};
