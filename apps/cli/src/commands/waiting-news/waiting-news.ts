import { defineCommand } from '../../command.js';
import { inColumns } from '../../in-columns.js';
import { jsonOption, urlOption, withOperator } from '../../operator/operator-of.js';

interface Report {
  readonly waiting: readonly {
    readonly about: string;
    readonly id: string;
    readonly kind: string;
    readonly since: string;
    readonly overdue: boolean;
  }[];
  readonly foreign: readonly { readonly about: string; readonly receivedAt: string }[];
}

export const waitingNews = defineCommand({
  words: ['waiting-news'],
  summary: 'verified news whose attempt or refund nobody has announced, and news of other deployments',
  options: {
    limit: { type: 'string', value: '<n>', help: 'at most so many of each; 50 when left out' },
    json: jsonOption,
    url: urlOption,
  },
  examples: ['waiting-news'],
  run: ({ url, json, limit }, console) =>
    withOperator({ service: 'notification', url }, console, async (door) => {
      const report = await door.ask<Report>('waiting-news', limit === undefined ? {} : { limit: Number(limit) });
      console.say(json === true ? JSON.stringify(report, undefined, 2) : pageOf(report));
      return 0;
    }),
});

function pageOf({ waiting, foreign }: Report): string {
  if (waiting.length + foreign.length === 0) return 'no news waits';
  const parts = [
    waiting.length === 0
      ? []
      : [
          inColumns(
            ['since', 'overdue', 'about', 'id', 'what it says'],
            waiting.map(({ since, overdue, about, id, kind }) => [since, overdue ? 'yes' : 'no', about, id, kind]),
          ),
        ],
    foreign.length === 0
      ? []
      : [
          inColumns(
            ['came at', 'of another deployment'],
            foreign.map(({ receivedAt, about }) => [receivedAt, about]),
          ),
        ],
  ];
  return parts.flat().join('\n\n');
}
