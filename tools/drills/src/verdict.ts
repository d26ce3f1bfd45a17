import { payments } from '@kasir/contracts';
import { Kafka, logLevel } from 'kafkajs';
import { ask, type Place } from './place.js';

/** What became of everything that was said. */
export interface Verdict {
  readonly said: number;
  readonly applied: number;
  readonly lost: number;
  readonly doubled: number;
  /** Effects that came before an earlier one of their order. */
  readonly outOfOrder: number;
  readonly deadLetters: number;
}

const counted = `
  with placed as (
    select order_id, sequence, lag(sequence, 1, 0) over (partition by order_id order by position) as before from effects
  )
  select count(*)::int as applied,
         count(distinct (order_id, sequence))::int as different,
         count(*) filter (where sequence < before)::int as inverted,
         (select count(*)::int from dead_letters) as letters
  from placed`;

export async function verdictOf({ listener }: Place, said: number): Promise<Verdict> {
  const [row] = await ask<{ applied: number; different: number; inverted: number; letters: number }>(listener, counted);
  const { applied = 0, different = 0, inverted = 0, letters = 0 } = row ?? {};
  return {
    said,
    applied,
    lost: said - different,
    doubled: applied - different,
    outOfOrder: inverted,
    deadLetters: letters,
  };
}

export const appliedIn = async ({ listener }: Place): Promise<number> =>
  (await ask<{ applied: number }>(listener, 'select count(*)::int as applied from effects'))[0]?.applied ?? 0;

/** The records on the topic of a place; more than what was said are repeats, which readers fold. */
export async function recordsOn({ brokers, prefix }: Place): Promise<number> {
  const admin = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  return admin
    .fetchTopicOffsets(prefix + payments.name)
    .then((ends) => ends.reduce((sum, { high }) => sum + Number(high), 0))
    .finally(() => admin.disconnect());
}

/** Asks until a fact holds. @throws Error after the deadline, with the last answer */
export async function until<T>(
  what: string,
  look: () => Promise<T> | T,
  holds: (seen: T) => boolean,
  ms = 60_000,
): Promise<T> {
  const end = performance.now() + ms;
  let failure: unknown;
  for (;;) {
    try {
      const seen = await look();
      if (holds(seen)) return seen;
      failure = `last seen: ${JSON.stringify(seen)}`;
    } catch (error) {
      failure = error;
    }
    if (performance.now() > end) throw new Error(`${what} did not come true in ${ms} ms; ${String(failure)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
