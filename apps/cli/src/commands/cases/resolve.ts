import { defineCommand, UsageError } from '../../command.js';
import { decisionOf, decisionOptions } from '../../operator/decision.js';
import { jsonOption, urlOption, withOperator } from '../../operator/operator-of.js';
import { type Case } from './case.js';

export const casesResolve = defineCommand({
  words: ['cases', 'resolve'],
  positionals: ['case'],
  summary: 'ends a case, with a word for what became of it and a reason',
  options: {
    resolution: {
      type: 'string',
      value: '<word>',
      help:
        'refunded, refunded-offline, settled-offline or accepted; ended-unpaid lets an order close that waits for the attempt; ' +
        'new-attempt lets one go on that money of a wrong amount came for',
    },
    ...decisionOptions,
    json: jsonOption,
    url: urlOption,
  },
  examples: [
    'cases resolve no-answer/ps_019a3f0e-8c11-7c3e-b6b5-5a1f0c7d2e44/ --resolution ended-unpaid --reason "Antom says so, ticket 4711"',
    'cases resolve amount-mismatch/ps_019a3f0e-8c11-7c3e-b6b5-5a1f0c7d2e44/20261122194010800100188820301234567 --resolution new-attempt --reason "the wrong amount went back by hand"',
  ],
  run: ({ url, json, resolution, ...decision }, console, [caseId]) => {
    if (resolution === undefined) throw new UsageError('--resolution is needed: a word for what became of it');
    const decided = { resolution, ...decisionOf(decision) };
    return withOperator({ service: 'order', url }, console, async (door) => {
      const found = await door.ask<Case>('cases.resolve', { caseId, ...decided });
      console.say(json === true ? JSON.stringify(found, undefined, 2) : `${caseId} is resolved: ${resolution}`);
      return 0;
    });
  },
});
