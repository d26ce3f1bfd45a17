import { defineCommand } from '../../command.js';
import { jsonOption, urlOption, withOperator } from '../../operator/operator-of.js';
import { serviceNamed, serviceOption } from '../../operator/services.js';
import { type Letter, tableOf } from './letter.js';

export const deadLettersList = defineCommand({
  words: ['dead-letters', 'list'],
  summary: 'the messages that a service could not apply, the oldest first',
  options: {
    service: serviceOption,
    state: { type: 'string', value: '<state>', help: 'kept (when left out), redriven or discarded' },
    after: { type: 'string', value: '<id>', help: 'only those after this one' },
    limit: { type: 'string', value: '<n>', help: 'at most so many; 50 when left out' },
    json: jsonOption,
    url: urlOption,
  },
  examples: ['dead-letters list --service order'],
  run: ({ service, url, json, state, after, limit }, console) =>
    withOperator({ service: serviceNamed(service), url }, console, async (door) => {
      const query = { state, after, ...(limit === undefined ? {} : { limit: Number(limit) }) };
      const letters = await door.ask<Letter[]>('dead-letters.list', query);
      if (json === true) console.say(JSON.stringify(letters, undefined, 2));
      else console.say(letters.length === 0 ? `${door.service} has no dead letters` : tableOf(letters));
      return 0;
    }),
});
