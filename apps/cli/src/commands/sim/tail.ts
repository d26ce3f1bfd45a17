import { setTimeout as wait } from 'node:timers/promises';
import { type Console, defineCommand } from '../../command.js';
import { type SimulatorDoor, urlOption, withSimulator } from './simulator.js';

interface Entry {
  readonly number: number;
  readonly at: string;
  readonly kind: string;
  readonly paymentRequestId?: string;
}

/** How often it asks for more, in milliseconds. */
const everyMs = 500;

export const simTail = defineCommand({
  words: ['sim', 'tail'],
  summary: 'what goes over the wire between Kasir and the simulator, as it happens',
  options: {
    about: { type: 'string', value: '<ps_…>', help: 'only about this payment session' },
    kind: { type: 'string', value: '<kind>', help: 'only request, answer, payment, refund, page or delivery' },
    json: { type: 'boolean', help: 'as NDJSON' },
    once: { type: 'boolean', help: 'ends with what there is' },
    url: urlOption,
  },
  examples: ['sim tail --kind delivery', 'sim tail --once --json'],
  run: ({ url, about, kind, json = false, once = false }, console) =>
    withSimulator(url, console, async (simulator) => {
      const wanted = (entry: Entry) =>
        (about === undefined || entry.paymentRequestId === about) && (kind === undefined || entry.kind === kind);
      const print = json ? (entry: Entry) => JSON.stringify(entry) : line;
      let last = await tellMore(simulator, console, { after: 0, wanted, print });
      while (!once) {
        await wait(everyMs);
        last = await tellMore(simulator, console, { after: last, wanted, print });
      }
    }),
});

interface Wish {
  readonly after: number;
  readonly wanted: (entry: Entry) => boolean;
  readonly print: (entry: Entry) => string;
}

/** @returns the number of the last entry that there is */
async function tellMore(simulator: SimulatorDoor, console: Console, { after, wanted, print }: Wish): Promise<number> {
  const text = await (await simulator.get(`journal?after=${after}`)).text();
  const entries = text
    .split('\n')
    .filter((entry) => entry !== '')
    .map((entry) => JSON.parse(entry) as Entry);
  for (const entry of entries.filter(wanted)) console.say(print(entry));
  return entries.at(-1)?.number ?? after;
}

function line({ number: _, at, kind, paymentRequestId = '', ...rest }: Entry): string {
  const details = Object.entries(rest).map(([name, value]) => `${name}=${String(value)}`);
  return [at, kind.padEnd(8), paymentRequestId, ...details].join('  ');
}
