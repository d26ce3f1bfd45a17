import { defineCommand } from '../../command.js';
import { urlOption, withSimulator } from './simulator.js';

export const simRefuse = defineCommand({
  words: ['sim', 'refuse'],
  positionals: ['payment session id'],
  summary: 'the bank refuses this try of the buyer',
  options: {
    code: { type: 'string', value: '<code>', help: "why, in Antom's words; USER_BALANCE_NOT_ENOUGH when left out" },
    url: urlOption,
  },
  examples: ['sim refuse ps_019a3f0e-8c11-7c3e-b6b5-5a1f0c7d2e44 --code RISK_REJECT'],
  run: ({ url, code }, console, [id = '']) =>
    withSimulator(url, console, async (simulator) => {
      const answer = await simulator.post(`sessions/${encodeURIComponent(id)}/refuse`, { code });
      const { status, code: why } = (await answer.json()) as Record<string, string>;
      console.say(`${id} is ${status}: ${why}`);
    }),
});
