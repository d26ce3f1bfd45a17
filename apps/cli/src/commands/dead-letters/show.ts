import { defineCommand } from '../../command.js';
import { jsonOption, urlOption, withOperator } from '../../operator/operator-of.js';
import { serviceNamed, serviceOption } from '../../operator/services.js';
import { type LetterDetails, pageOf } from './letter.js';

export const deadLettersShow = defineCommand({
  words: ['dead-letters', 'show'],
  positionals: ['id'],
  summary: 'one of them, with its headers, its body and what was decided',
  options: { service: serviceOption, json: jsonOption, url: urlOption },
  examples: ['dead-letters show 17 --service order'],
  run: ({ service, url, json }, console, [id]) =>
    withOperator({ service: serviceNamed(service), url }, console, async (door) => {
      const letter = await door.ask<LetterDetails>('dead-letters.show', { id });
      console.say(json === true ? JSON.stringify(letter, undefined, 2) : pageOf(letter));
      return 0;
    }),
});
