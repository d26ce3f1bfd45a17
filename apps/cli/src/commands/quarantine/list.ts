import { defineCommand } from '../../command.js';
import { inColumns } from '../../in-columns.js';
import { jsonOption, urlOption, withOperator } from '../../operator/operator-of.js';

interface Item {
  readonly position: string;
  readonly receivedAt: string;
  readonly reason: string;
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number | null;
}

export const quarantineList = defineCommand({
  words: ['quarantine', 'list'],
  summary: 'webhooks that could not be verified, the newest first',
  options: {
    limit: { type: 'string', value: '<n>', help: 'at most so many; 50 when left out' },
    json: jsonOption,
    url: urlOption,
  },
  examples: ['quarantine list --limit 10'],
  run: ({ url, json, limit }, console) =>
    withOperator({ service: 'notification', url }, console, async (door) => {
      const items = await door.ask<Item[]>('quarantine.list', limit === undefined ? {} : { limit: Number(limit) });
      if (json === true) console.say(JSON.stringify(items, undefined, 2));
      else console.say(items.length === 0 ? 'the quarantine is empty' : tableOf(items));
      return 0;
    }),
});

const tableOf = (items: readonly Item[]): string =>
  inColumns(
    ['number', 'came at', 'bytes', 'sha-256', 'path', 'why'],
    items.map(({ position, receivedAt, bytes, sha256, path, reason }) => [
      position,
      receivedAt,
      bytes === null ? 'not kept' : String(bytes),
      sha256.slice(0, 16),
      path,
      reason,
    ]),
  );
