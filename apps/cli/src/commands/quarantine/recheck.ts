import { defineCommand } from '../../command.js';
import { jsonOption, urlOption, withOperator } from '../../operator/operator-of.js';

interface Rechecked {
  readonly checked: number;
  readonly verified: number;
  readonly failed: readonly { readonly position: string; readonly reason: string }[];
}

export const quarantineRecheck = defineCommand({
  words: ['quarantine', 'recheck'],
  summary: 'after a key was added: hears every webhook in quarantine that can be verified now',
  options: { json: jsonOption, url: urlOption },
  examples: ['quarantine recheck'],
  run: ({ url, json }, console) =>
    withOperator({ service: 'notification', url }, console, async (door) => {
      const answer = await door.ask<Rechecked>('quarantine.recheck');
      if (json === true) console.say(JSON.stringify(answer, undefined, 2));
      else console.say(reportOf(answer));
      return answer.failed.length === 0 ? 0 : 1;
    }),
});

const reportOf = ({ checked, verified, failed }: Rechecked): string =>
  [
    `${verified} of ${checked} webhooks are verified now, and heard`,
    ...failed.map(({ position, reason }) => `number ${position} could not be heard and stays: ${reason}`),
  ].join('\n');
