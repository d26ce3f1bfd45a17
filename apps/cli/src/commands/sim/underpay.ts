import { defineCommand } from '../../command.js';
import { payAtBank } from './pay-at-bank.js';
import { urlOption } from './simulator.js';

export const simUnderpay = defineCommand({
  words: ['sim', 'underpay'],
  positionals: ['payment session id'],
  summary: 'the buyer pays less than was asked for',
  options: {
    value: { type: 'string', value: '<n>', help: 'so many minor units; the nearest amount when left out' },
    url: urlOption,
  },
  examples: ['sim underpay ps_019a3f0e-8c11-7c3e-b6b5-5a1f0c7d2e44 --value 15900'],
  run: ({ url, value }, console, [id = '']) => payAtBank({ url, id, act: 'underpay', value }, console),
});
