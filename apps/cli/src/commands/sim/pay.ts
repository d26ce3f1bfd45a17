import { defineCommand } from '../../command.js';
import { urlOption, withSimulator } from './simulator.js';

export const simPay = defineCommand({
  words: ['sim', 'pay'],
  positionals: ['payment session id'],
  summary: 'the buyer pays at the bank',
  options: { url: urlOption },
  examples: ['sim pay ps_019a3f0e-8c11-7c3e-b6b5-5a1f0c7d2e44'],
  run: ({ url }, console, [id = '']) =>
    withSimulator(url, console, async (simulator) => {
      const answer = await simulator.post(`sessions/${encodeURIComponent(id)}/pay`);
      const { kind, status, paymentId } = (await answer.json()) as Record<string, string | undefined>;
      console.say(kind === 'charge' ? `${id} is paid, as payment ${paymentId}` : `${id} is ${status}: a rule says so`);
    }),
});
