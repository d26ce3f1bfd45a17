import { defineCommand } from '../../command.js';
import { jsonOption, urlOption, withOperator } from '../../operator/operator-of.js';
import { type CaseWithHistory, pageOf } from './case.js';

export const casesShow = defineCommand({
  words: ['cases', 'show'],
  positionals: ['case'],
  summary: 'one case, with its evidence and its history',
  options: { json: jsonOption, url: urlOption },
  examples: [
    'cases show duplicate-payment/ps_019a3f0e-8c11-7c3e-b6b5-5a1f0c7d2e44/20261122194010800100188820301234567',
  ],
  run: ({ url, json }, console, [caseId]) =>
    withOperator({ service: 'order', url }, console, async (door) => {
      const found = await door.ask<CaseWithHistory>('cases.show', { caseId });
      console.say(json === true ? JSON.stringify(found, undefined, 2) : pageOf(found));
      return 0;
    }),
});
