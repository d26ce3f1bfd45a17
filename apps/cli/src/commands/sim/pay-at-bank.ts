import { type Console } from '../../command.js';
import { withSimulator } from './simulator.js';

interface Payment {
  readonly url: string | undefined;
  readonly id: string;
  readonly act: 'pay' | 'underpay' | 'overpay';
  /** In minor units, where it is not the amount that was asked for. */
  readonly value?: string | undefined;
}

interface Answer {
  readonly kind?: 'charge';
  readonly status?: string;
  readonly paymentId?: string;
  readonly amount?: { readonly value: string; readonly currency: string };
}

/** The buyer pays, unless a rule says otherwise; what comes of it is said. */
export const payAtBank = ({ url, id, act, value }: Payment, console: Console): Promise<number> =>
  withSimulator(url, console, async (simulator) => {
    const answer = await simulator.post(`sessions/${encodeURIComponent(id)}/${act}`, { value });
    const { kind, status, paymentId, amount } = (await answer.json()) as Answer;
    if (kind !== 'charge') return console.say(`${id} is ${status}: a rule says so`);
    const sum = act === 'pay' ? '' : ` with ${amount?.currency} ${amount?.value} (minor units)`;
    console.say(`${id} is paid${sum}, as payment ${paymentId}`);
  });
