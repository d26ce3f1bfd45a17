import { defineCommand } from '../../command.js';
import { payAtBank } from './pay-at-bank.js';
import { urlOption } from './simulator.js';

export const simPay = defineCommand({
  words: ['sim', 'pay'],
  positionals: ['payment session id'],
  summary: 'the buyer pays at the bank',
  options: { url: urlOption },
  examples: ['sim pay ps_019a3f0e-8c11-7c3e-b6b5-5a1f0c7d2e44'],
  run: ({ url }, console, [id = '']) => payAtBank({ url, id, act: 'pay' }, console),
});
