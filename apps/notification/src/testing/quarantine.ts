import { createHash } from 'node:crypto';
import { type Draft } from '@kasir/testing/memory';
import { type Quarantine, type ReceivedWebhook } from '../application/webhook-ports.js';

interface Row {
  readonly position: number;
  readonly webhook: ReceivedWebhook;
  readonly reason: string;
  readonly withBody: boolean;
}

const soon = <Value>(value: Value): Promise<Value> => Promise.resolve(value);

export function inMemoryQuarantine(draft: Draft): Quarantine {
  const table = () => draft.table<Row>('quarantine');
  const rows = () => [...table().values()];
  const last = () => rows().at(-1);
  const remove = (unwanted: readonly Row[]) => unwanted.forEach(({ position }) => table().delete(String(position)));
  return {
    size() {
      const kept = rows().filter(({ withBody }) => withBody);
      const bytes = kept.reduce((sum, { webhook }) => sum + webhook.body.length, 0);
      return soon({ rows: kept.length, bytes, isFull: last()?.withBody === false });
    },
    keep(webhook, reason, { withBody, most }) {
      const position = (last()?.position ?? 0) + 1;
      table().set(String(position), { position, webhook, reason, withBody });
      const bare = rows().filter((row) => !row.withBody);
      remove(withBody ? [] : bare.slice(0, Math.max(0, bare.length - most)));
      return soon(undefined);
    },
    forget: (before) => soon(remove(rows().filter(({ webhook }) => webhook.receivedAt < before))),
    list: (limit) =>
      soon(
        rows()
          .slice(-limit)
          .reverse()
          .map(({ position, reason, withBody, webhook: { receivedAt, path, body } }) => ({
            ...{ position: String(position), receivedAt, reason, path },
            sha256: createHash('sha256').update(body).digest('hex'),
            bytes: withBody ? body.length : null,
          })),
      ),
    next(after) {
      const next = rows().find(({ position, withBody }) => withBody && position > Number(after));
      return soon(next && { position: String(next.position), webhook: next.webhook });
    },
    release: (position) => soon(void table().delete(position)),
  };
}
