import { defineCommand, UsageError } from '../../command.js';
import { decisionOf, decisionOptions } from '../../operator/decision.js';
import { jsonOption, urlOption, withOperator } from '../../operator/operator-of.js';
import { type Case } from './case.js';

export const casesResolve = defineCommand({
  words: ['cases', 'resolve'],
  positionals: ['case'],
  summary: 'decides about a case, with a reason',
  options: {
    resolution: {
      type: 'string',
      value: '<word>',
      help:
        'accept-payment pays the order with it; refund gives the money back through Antom; refunded-outside records a transfer (--amount, --reference); ' +
        'new-attempt lets the order take another one; ended-unpaid ends the attempt; no-action',
    },
    amount: {
      type: 'string',
      value: '<amount>',
      help: 'of refunded-outside: minor units and currency, such as "16000 THB"',
    },
    reference: { type: 'string', value: '<text>', help: 'of refunded-outside: what the transfer is known by' },
    ...decisionOptions,
    json: jsonOption,
    url: urlOption,
  },
  examples: [
    'cases resolve no-answer/ps_019a3f0e-8c11-7c3e-b6b5-5a1f0c7d2e44/ --resolution ended-unpaid --reason "Antom says so, ticket 4711"',
    'cases resolve other-amount/ps_019a3f0e-8c11-7c3e-b6b5-5a1f0c7d2e44/20261122194010800100188820301234567 --resolution new-attempt --reason "the wrong amount went back by hand"',
  ],
  run: ({ url, json, resolution, amount, reference, ...decision }, console, [caseId]) => {
    if (resolution === undefined) throw new UsageError('--resolution is needed: what is decided');
    const transfer = {
      ...(amount === undefined ? {} : { amount: moneyOf(amount) }),
      ...(reference === undefined ? {} : { reference }),
    };
    const decided = { resolution, ...transfer, ...decisionOf(decision) };
    return withOperator({ service: 'order', url }, console, async (door) => {
      const found = await door.ask<Case>('cases.resolve', { caseId, ...decided });
      console.say(json === true ? JSON.stringify(found, undefined, 2) : `${caseId} is ${found.status}: ${resolution}`);
      return 0;
    });
  },
});

function moneyOf(text: string): { readonly value: string; readonly currency: string } {
  const [, value, currency] = /^(\d+) ([A-Z]{3})$/.exec(text) ?? [];
  if (value === undefined || currency === undefined)
    throw new UsageError('--amount must be minor units and a currency, such as "16000 THB"');
  return { value, currency };
}
