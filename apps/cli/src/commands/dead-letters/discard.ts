import { defineCommand } from '../../command.js';
import { decisionOf, decisionOptions } from '../../operator/decision.js';
import { jsonOption, urlOption, withOperator } from '../../operator/operator-of.js';
import { serviceNamed, serviceOption } from '../../operator/services.js';
import { type Released, releasedOf } from './released.js';

export const deadLettersDiscard = defineCommand({
  words: ['dead-letters', 'discard'],
  positionals: ['id'],
  summary: 'gives one up for good, and applies what waited for it; it stays readable',
  options: { service: serviceOption, ...decisionOptions, json: jsonOption, url: urlOption },
  examples: ['dead-letters discard 17 --service order --reason "a test message"'],
  run: ({ service, url, json, ...decision }, console, [id]) => {
    const order = decisionOf(decision);
    return withOperator({ service: serviceNamed(service), url }, console, async (door) => {
      const answer = await door.ask<Released>('dead-letters.discard', { id, ...order });
      if (json === true) console.say(JSON.stringify(answer, undefined, 2));
      else console.say(`dead letter ${id} is given up; ${releasedOf(answer)}`);
      return 0;
    });
  },
});
