import { createHash, randomInt } from 'node:crypto';
import { type ScenarioName } from '@kasir/antom-sim';
import { type Environment } from '@kasir/platform';
import { type Tale } from './tales.js';

/** What is told every time, by every way to a bank. */
export const core: readonly ScenarioName[] = [
  'success',
  'fail',
  'never_paid',
  'charged_twice',
  'lost_notify',
  'duplicate_notify',
  'out_of_order',
  'session_timeout',
];

interface Choice {
  readonly tales: readonly Tale[];
  /** What was chosen, and how to choose the same again. */
  readonly said: string;
}

/**
 * The core and, by a seed, half of the other tales: KASIR_TALES_SEED names the seed, KASIR_TALES=all asks for every tale.
 * @throws Error where the seed is no whole number
 */
export function chooseTales(tales: readonly Tale[], env: Environment): Choice {
  if (env['KASIR_TALES'] === 'all') return { tales, said: `all ${tales.length} tales` };
  const seed = seedIn(env['KASIR_TALES_SEED']);
  const others = tales.filter(({ scenario }) => !core.includes(scenario));
  const drawn = new Set(shuffled(others, seed).slice(0, Math.ceil(others.length / 2)));
  const chosen = tales.filter((tale) => drawn.has(tale) || core.includes(tale.scenario));
  return {
    tales: chosen,
    said: `${chosen.length} of ${tales.length} tales; the same again with KASIR_TALES_SEED=${seed}, every one with KASIR_TALES=all`,
  };
}

function seedIn(text: string | undefined): number {
  if (text === undefined || text === '') return randomInt(2 ** 31);
  if (!/^\d{1,15}$/.test(text)) throw new Error(`KASIR_TALES_SEED must be a whole number, not ${text}`);
  return Number(text);
}

/** In an order that only the seed and the names know. */
function shuffled(tales: readonly Tale[], seed: number): Tale[] {
  const lot = ({ orderId }: Tale) => createHash('sha256').update(`${seed} ${orderId}`).digest('hex');
  const lots = new Map(tales.map((tale) => [tale, lot(tale)]));
  return [...tales].sort((a, b) => (lots.get(a)! < lots.get(b)! ? -1 : 1));
}
