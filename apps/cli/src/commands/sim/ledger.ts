import { defineCommand } from '../../command.js';
import { urlOption, withSimulator } from './simulator.js';

interface Entry {
  readonly kind: 'charge' | 'refund';
  readonly at: string;
  readonly paymentRequestId: string;
  readonly referenceOrderId: string;
  readonly amount: { readonly value: string; readonly currency: string };
}

export const simLedger = defineCommand({
  words: ['sim', 'ledger'],
  summary: 'what was really charged and given back, whatever anybody was told',
  options: { order: { type: 'string', value: '<id>', help: 'only of this order' }, url: urlOption },
  examples: ['sim ledger --order ORDER_20230803165257496'],
  run: ({ url, order }, console) =>
    withSimulator(url, console, async (simulator) => {
      const ledger = (await (await simulator.get('ledger')).json()) as Entry[];
      const entries = ledger.filter(({ referenceOrderId }) => order === undefined || order === referenceOrderId);
      for (const entry of entries) console.say(line(entry));
      console.say(totals(entries));
    }),
});

const line = ({ at, kind, amount, referenceOrderId, paymentRequestId }: Entry): string =>
  `${at}  ${kind}  ${amount.currency} ${amount.value.padStart(12)}  ${referenceOrderId}  ${paymentRequestId}`;

function totals(entries: readonly Entry[]): string {
  const sums = new Map<string, bigint>();
  for (const { kind, amount } of entries) {
    const moved = kind === 'charge' ? BigInt(amount.value) : -BigInt(amount.value);
    sums.set(amount.currency, (sums.get(amount.currency) ?? 0n) + moved);
  }
  const kept = [...sums].map(([currency, sum]) => `${currency} ${sum}`).join(', ');
  return `${entries.length} entries, kept in all: ${kept || 'nothing'} (minor units)`;
}
