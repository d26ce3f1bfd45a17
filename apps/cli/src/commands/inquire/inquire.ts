import { defineCommand } from '../../command.js';
import { jsonOption, urlOption, withOperator } from '../../operator/operator-of.js';

interface Asked {
  readonly paymentSessionId: string;
  readonly orderId: string;
  readonly believed: string;
  readonly refunds: readonly string[];
}

export const inquire = defineCommand({
  words: ['inquire'],
  positionals: ['payment session id'],
  summary: 'asks Antom now how a payment and its refunds stand, also where nobody would ask any more',
  options: { json: jsonOption, url: urlOption },
  examples: ['inquire ps_019c0a3e-7c1e-7d3f-9a51-0c5d2f4b8e10'],
  run: ({ url, json }, console, [paymentSessionId]) =>
    withOperator({ service: 'notification', url }, console, async (door) => {
      const asked = await door.ask<Asked>('inquire', { paymentSessionId });
      console.say(json === true ? JSON.stringify(asked, undefined, 2) : sentence(asked));
      return 0;
    }),
});

const sentence = ({ paymentSessionId, orderId, believed, refunds }: Asked): string =>
  [
    `Antom is asked about ${paymentSessionId} of order ${orderId}; until it answers it counts as ${believed}`,
    ...refunds.map((refund) => `and about its refund ${refund}`),
  ].join('\n');
