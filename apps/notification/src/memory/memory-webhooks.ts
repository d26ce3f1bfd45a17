import { createHash } from 'node:crypto';
import { type Stores } from '../application/ports.js';
import { type MemoryState, taken } from './memory-state.js';

const done = <T>(value: T): Promise<T> => Promise.resolve(value);
const nothing = Promise.resolve();

/** What came over HTTP. */
export function webhookStores(state: MemoryState) {
  const quarantine = state.quarantine;
  return {
    webhooks: {
      keep: (webhooks) => (state.webhooks.push(...webhooks), nothing),
    },
    quarantine: {
      glance: () => done(state.tally),
      tally: () => done(state.tally),
      setTally: (tally) => ((state.tally = tally), nothing),
      keep: (webhook, reason, { withBody, most }) => {
        quarantine.push({ position: String(state.nextNumber++), webhook, reason, withBody });
        const bare = quarantine.filter((item) => !item.withBody);
        if (bare.length > most) taken(quarantine, (item) => item === bare[0]);
        return nothing;
      },
      forget: (before) => {
        const old = taken(quarantine, ({ webhook }) => webhook.receivedAt < before).filter(({ withBody }) => withBody);
        return done({ rows: old.length, bytes: old.reduce((sum, { webhook }) => sum + webhook.body.length, 0) });
      },
      list: (limit) =>
        done(
          quarantine
            .map(({ position, reason, withBody, webhook: { receivedAt, path, body } }) => ({
              ...{ position, receivedAt, reason, path },
              sha256: createHash('sha256').update(body).digest('hex'),
              bytes: withBody ? body.length : null,
            }))
            .slice(-limit)
            .reverse(),
        ),
      next: (after) => done(quarantine.find(({ position, withBody }) => withBody && Number(position) > Number(after))),
      release: (position) => (taken(quarantine, (item) => item.position === position), nothing),
    },
  } satisfies Partial<Stores>;
}
