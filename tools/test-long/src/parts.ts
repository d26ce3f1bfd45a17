import { parseArgs } from 'node:util';

/** One long proof: a program that tells its counts, and leaves docs/proof/<proof>.json when all is well. */
export interface Part {
  readonly name: string;
  /** From the repository's root. */
  readonly script: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly proof: string;
}

export const parts: readonly Part[] = [
  { name: 'fuzz', script: 'tools/fuzz/main.mjs', proof: 'fuzz' },
  { name: 'interop', script: 'tools/interop-java/main.mjs', proof: 'interop' },
  { name: 'simulate', script: 'tools/simulate/main.mjs', args: ['--proof', '--runs', '20000'], proof: 'simulate' },
  {
    name: 'stories',
    script: 'tools/test/main.mjs',
    args: ['stories', 'museum', '--proof', 'stories'],
    env: { KASIR_TALES: 'all' },
    proof: 'stories',
  },
  { name: 'drills', script: 'tools/drills/main.mjs', proof: 'messaging-drills' },
  {
    name: 'clock-ahead',
    script: 'tools/test/main.mjs',
    args: ['--proof', 'clock-ahead'],
    env: { KASIR_CLOCK_AHEAD_DAYS: '400' },
    proof: 'clock-ahead',
  },
  { name: 'planted', script: 'tools/planted-defects/runner/main.mjs', proof: 'planted' },
];

/**
 * All parts, or those that `--only a,b` names, in their own order.
 * @throws Error for a name that is none
 */
export function chooseParts(args: readonly string[], known: readonly Part[] = parts): readonly Part[] {
  const { values } = parseArgs({ args: [...args], options: { only: { type: 'string' } } });
  if (values.only === undefined) return known;
  const names = values.only.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !known.some((part) => part.name === name));
  if (unknown !== undefined)
    throw new Error(`${unknown} is no part of the long run; there are ${known.map(({ name }) => name).join(', ')}`);
  return known.filter(({ name }) => names.includes(name));
}
