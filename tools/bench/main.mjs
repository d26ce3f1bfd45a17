/**
 * Measures a payment through everything: `npm run bench -- payments`, which has a `--help` of its own. Or measures one part of Kasir against its raw floor: `npm run bench -- messaging [--events 200000] [--rows 1000000]`,
 * `npm run bench -- webhooks [--rate 300] [--seconds 30] [--data memory]`, `npm run bench -- simulator [--rate 300] [--seconds 30]`.
 */
import { parseArgs } from 'node:util';
import { benchPayments } from '../../tests/bench/dist/payments.js';
import { benchMessaging } from './messaging/bench.mjs';
import { benchSimulator } from './simulator.mjs';
import { benchWebhooks } from './webhooks.mjs';

if (process.argv[2] === 'payments') process.exit(await benchPayments(process.argv.slice(3)));

const benches = { messaging: benchMessaging, webhooks: benchWebhooks, simulator: benchSimulator };
const numbers = { events: '200000', rows: '1000000', seconds: '30', rate: '300' };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    ...Object.fromEntries(
      Object.entries(numbers).map(([name, fallback]) => [name, { type: 'string', default: fallback }]),
    ),
    // Where the result goes; a trial run should not overwrite the proof.
    out: { type: 'string', default: 'docs/proof' },
    // Where PostgreSQL keeps its data when webhooks are measured: disk or memory.
    data: { type: 'string', default: 'disk' },
  },
});
const bench = benches[positionals[0]];
if (bench === undefined) {
  console.error(`which bench? Known are payments, ${Object.keys(benches).join(', ')}`);
  process.exit(1);
}
const { out, data, ...texts } = values;
const settings = {
  data,
  ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, Number(text)])),
};
process.exitCode = (await bench(settings, out)) ? 0 : 1;
