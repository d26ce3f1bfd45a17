import { createHash } from 'node:crypto';
import { type Mishap, mishaps } from './chaos.js';
import { invariants } from './invariants.js';
import { World } from './world/world.js';

type Counts = Readonly<Record<string, number>>;

export interface Verdict {
  readonly seed: number;
  readonly steps: number;
  readonly mishaps: Readonly<Record<Mishap, number>>;
  /** What was said, by type; cases by their kind. */
  readonly told: Counts;
  /** Of everything that was said, in its order: two runs of one seed have the same. */
  readonly fingerprint: string;
  /** What is wrong, each line with the name of the promise that it breaks. */
  readonly broken: readonly string[];
}

/** Lets the world of one seed live, and judges it. The same seed gives the same verdict. */
export async function runSeed(seed: number): Promise<Verdict> {
  const world = new World(seed);
  const broken = await world.live().then(
    () => Object.entries(invariants).flatMap(([name, holds]) => holds(world).map((line) => `${name}: ${line}`)),
    (error: unknown) => [`it broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`],
  );
  const said = world.bus.said();
  return {
    seed,
    steps: world.steps,
    mishaps: world.chaos.tally,
    told: count(said.map(({ type, data }) => ('kind' in data ? `${type} ${String(data.kind)}` : type))),
    fingerprint: createHash('sha256').update(JSON.stringify(said)).digest('hex'),
    broken,
  };
}

export interface Summary {
  readonly runs: number;
  readonly steps: number;
  readonly mishaps: Counts;
  readonly told: Counts;
  readonly failed: readonly Verdict[];
  /** Mishaps that never happened: about those the run has proved nothing. */
  readonly untried: readonly Mishap[];
}

export function summaryOf(verdicts: readonly Verdict[]): Summary {
  const struck = sum(verdicts.map((verdict) => verdict.mishaps));
  return {
    runs: verdicts.length,
    steps: verdicts.reduce((steps, verdict) => steps + verdict.steps, 0),
    mishaps: struck,
    told: sum(verdicts.map(({ told }) => told)),
    failed: verdicts.filter(({ broken }) => broken.length > 0),
    untried: mishaps.filter((mishap) => (struck[mishap] ?? 0) === 0),
  };
}

const count = (words: readonly string[]): Counts => sum(words.map((word) => ({ [word]: 1 })));

function sum(many: readonly Counts[]): Counts {
  const sums = new Map<string, number>();
  for (const counts of many)
    for (const [name, number] of Object.entries(counts)) sums.set(name, (sums.get(name) ?? 0) + number);
  return Object.fromEntries([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
}
