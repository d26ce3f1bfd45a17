import { defineCommand } from '../../command.js';
import { payAtBank } from './pay-at-bank.js';
import { urlOption } from './simulator.js';

export const simOverpay = defineCommand({
  words: ['sim', 'overpay'],
  positionals: ['payment session id'],
  summary: 'the buyer pays more than was asked for',
  options: {
    value: { type: 'string', value: '<n>', help: 'so many minor units; the nearest amount when left out' },
    url: urlOption,
  },
  examples: ['sim overpay ps_019a3f0e-8c11-7c3e-b6b5-5a1f0c7d2e44 --value 16100'],
  run: ({ url, value }, console, [id = '']) => payAtBank({ url, id, act: 'overpay', value }, console),
});
