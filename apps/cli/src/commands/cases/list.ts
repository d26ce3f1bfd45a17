import { defineCommand } from '../../command.js';
import { jsonOption, urlOption, withOperator } from '../../operator/operator-of.js';
import { type Case, tableOf } from './case.js';

export const casesList = defineCommand({
  words: ['cases', 'list'],
  summary: 'what needs a person, the oldest first',
  options: {
    status: { type: 'string', value: '<status>', help: 'open (when left out), resolved or all' },
    kind: { type: 'string', value: '<kind>', help: 'only of this kind, such as duplicate-payment' },
    order: { type: 'string', value: '<id>', help: 'only about this order' },
    owner: { type: 'string', value: '<name>', help: 'only those of this person' },
    after: { type: 'string', value: '<case>', help: 'only those after this one' },
    limit: { type: 'string', value: '<n>', help: 'at most so many; 50 when left out' },
    json: jsonOption,
    url: urlOption,
  },
  examples: ['cases list --kind duplicate-payment'],
  run: ({ url, json, order: orderId, limit, ...query }, console) =>
    withOperator({ service: 'order', url }, console, async (door) => {
      const more = limit === undefined ? {} : { limit: Number(limit) };
      const cases = await door.ask<Case[]>('cases.list', { ...query, orderId, ...more });
      if (json === true) console.say(JSON.stringify(cases, undefined, 2));
      else console.say(cases.length === 0 ? 'nothing needs a person' : tableOf(cases));
      return 0;
    }),
});
