import { defineCommand } from '../../command.js';
import { decisionOf, decisionOptions } from '../../operator/decision.js';
import { jsonOption, urlOption, withOperator } from '../../operator/operator-of.js';
import { serviceNamed, serviceOption } from '../../operator/services.js';
import { type Released, releasedOf } from './released.js';

type Redriven = ({ readonly outcome: 'redriven' } & Released) | { readonly outcome: 'failed'; readonly reason: string };

export const deadLettersRedrive = defineCommand({
  words: ['dead-letters', 'redrive'],
  positionals: ['id'],
  summary: 'applies one as if it had just come, and then what waited for it, in order',
  options: { service: serviceOption, ...decisionOptions, json: jsonOption, url: urlOption },
  examples: ['dead-letters redrive 17 --service order --reason "fixed in 1.4.2"'],
  run: ({ service, url, json, ...decision }, console, [id]) => {
    const order = decisionOf(decision);
    return withOperator({ service: serviceNamed(service), url }, console, async (door) => {
      const answer = await door.ask<Redriven>('dead-letters.redrive', { id, ...order });
      if (json === true) console.say(JSON.stringify(answer, undefined, 2));
      else if (answer.outcome === 'failed')
        console.say(`dead letter ${id} cannot be applied this time either: ${answer.reason}`);
      else console.say(`dead letter ${id} is applied; ${releasedOf(answer)}`);
      return answer.outcome === 'redriven' ? 0 : 1;
    });
  },
});
