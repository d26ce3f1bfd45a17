import { defineCommand, UsageError } from '../../command.js';
import { milliseconds } from './duration.js';
import { urlOption, withSimulator } from './simulator.js';

const count = <Word extends string>(text: string | undefined, word: Word): number | Word | undefined => {
  if (text === undefined || /^\d{1,9}$/.test(text)) return text === undefined ? undefined : Number(text);
  if (text === word) return word;
  throw new UsageError(`"${text}" is neither a number nor "${word}"`);
};

export const simTrigger = defineCommand({
  words: ['sim', 'trigger'],
  positionals: ['scenario'],
  summary: 'lets something happen to payments that are still to come; "list" says what there is',
  options: {
    match: { type: 'string', value: '<ps_*>', help: 'only to payment sessions whose id is like this' },
    bank: { type: 'string', value: '<Siam*>', help: 'only to those at banks like this' },
    amount: { type: 'string', value: '<"THB 16000">', help: 'only to those of this amount, in minor units' },
    times: { type: 'string', value: '<n>', help: 'so often, or "always"; once when left out' },
    after: { type: 'string', value: '<time>', help: 'how long it takes, such as 90s' },
    code: { type: 'string', value: '<code>', help: "a result code of Antom's" },
    call: { type: 'string', value: '<name>', help: 'the call that goes wrong, such as cancel' },
    deliveries: { type: 'string', value: '<n>', help: 'how many deliveries go wrong, or "all"' },
    copies: { type: 'string', value: '<n>', help: 'how often a notification comes again in one moment' },
    value: { type: 'string', value: '<n>', help: 'the other amount, in minor units' },
    'client-id': { type: 'string', value: '<id>', help: 'the client that it is signed for' },
    url: urlOption,
  },
  examples: ['sim trigger pending_then_success --match "ps_*" --after 5m', 'sim trigger lost_notify --times always'],
  run: ({ url, times, deliveries, copies, after, 'client-id': clientId, ...order }, console, [scenario = '']) => {
    const counted = {
      times: count(times, 'always'),
      deliveries: count(deliveries, 'all'),
      copies: copies === undefined ? undefined : Number(copies),
      afterMs: after === undefined ? undefined : milliseconds(after),
    };
    return withSimulator(url, console, async (simulator) => {
      if (scenario === 'list') return console.say(list((await (await simulator.get('scenarios')).json()) as Known));
      const answer = await simulator.post('scenarios', { scenario, ...order, ...counted, clientId });
      const { id, left } = (await answer.json()) as { id: number; left: number };
      console.say(`rule ${id}: ${scenario}, ${left === -1 ? 'always' : `${left} times`}`);
    });
  },
});

interface Known {
  readonly known: readonly { readonly scenario: string; readonly about: string }[];
}

function list({ known }: Known): string {
  const width = Math.max(...known.map(({ scenario }) => scenario.length));
  return known.map(({ scenario, about }) => `${scenario.padEnd(width)}  ${about}`).join('\n');
}
