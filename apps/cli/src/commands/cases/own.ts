import { defineCommand } from '../../command.js';
import { decisionOf, decisionOptions } from '../../operator/decision.js';
import { jsonOption, urlOption, withOperator } from '../../operator/operator-of.js';
import { type Case } from './case.js';

export const casesOwn = defineCommand({
  words: ['cases', 'own'],
  positionals: ['case'],
  summary: 'gives a case to somebody, or to whoever asks',
  options: {
    owner: { type: 'string', value: '<name>', help: 'who takes it; who asks when left out' },
    ...decisionOptions,
    json: jsonOption,
    url: urlOption,
  },
  examples: ['cases own no-answer/ps_019a3f0e-8c11-7c3e-b6b5-5a1f0c7d2e44/ --owner mika'],
  run: ({ url, json, owner, ...decision }, console, [caseId]) => {
    const words = decisionOf({ reason: 'takes it', ...decision });
    return withOperator({ service: 'order', url }, console, async (door) => {
      const found = await door.ask<Case>('cases.own', { caseId, owner: owner ?? words.by, ...words });
      console.say(json === true ? JSON.stringify(found, undefined, 2) : `${caseId} is ${found.owner}'s`);
      return 0;
    });
  },
});
