import { defineCommand } from '../../command.js';
import { SimulatorProblem, urlOption, withSimulator } from './simulator.js';

interface Notification {
  readonly id: string;
  readonly paymentRequestId: string;
  readonly about: string;
  readonly outcome: string;
}

export const simResend = defineCommand({
  words: ['sim', 'resend'],
  positionals: ['payment session id'],
  summary: 'sends the last notification about a payment once more; the id of a notification will do, too',
  options: { url: urlOption },
  examples: ['sim resend ps_019a3f0e-8c11-7c3e-b6b5-5a1f0c7d2e44'],
  run: ({ url }, console, [id]) =>
    withSimulator(url, console, async (simulator) => {
      const notifications = (await (await simulator.get('notifications')).json()) as Notification[];
      const last = notifications.findLast((each) => each.id === id || each.paymentRequestId === id);
      if (last === undefined) throw new SimulatorProblem(`there is no notification about ${id}`);
      await simulator.post(`notifications/${last.id}/resend`);
      console.say(`notification ${last.id} goes out again: ${last.about} ${last.outcome}`);
    }),
});
