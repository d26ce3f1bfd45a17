import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { type BenchOptions } from '../cli/options.js';
import { voidReasons } from '../figures/void-rule.js';
import { cpuOfSystem } from '../figures/leg.js';
import { root } from '../project-root.js';
import { starterOf } from '../systems/all.js';
import { type CheckoutState, stateOf } from '../systems/kasir.js';
import { type BenchServers, withServers } from '../systems/servers.js';
import { makeRealistic } from './bank.js';
import { commonRate, planOf, type StintPlan } from './plan.js';
import { ProgressLine } from './progress.js';
import { runStint, type StintResult } from './run-stint.js';
import { type MeasuredLeg, Stint } from './stint.js';

export interface BenchResult {
  readonly measuredAt: string;
  readonly command: string;
  readonly mode: BenchOptions['mode'];
  readonly settings: Pick<BenchOptions, 'systems' | 'instances' | 'bank'>;
  readonly machine: Readonly<Record<string, unknown>>;
  readonly versions: BenchServers['versions'];
  /** The Kasir that was measured, and the bench that measured it. */
  readonly measured: CheckoutState & { readonly bench: string };
  readonly tookMinutes: number;
  /** Why it says nothing; empty where it does. */
  readonly void: readonly string[];
  readonly stints: readonly StintResult[];
}

/** @throws where a system cannot be started or the books do not agree */
export async function runBench(options: BenchOptions, command: string): Promise<BenchResult> {
  const began = Date.now();
  const checkout = options.kasir === undefined ? root : resolve(root, options.kasir);
  const machine = describeMachine();
  const { versions, stints } = await withServers(async (servers) => {
    const results: StintResult[] = [];
    for (const plan of planOf(options)) results.push(await oneStint(servers, plan, options, checkout));
    return { versions: servers.versions, stints: results };
  });
  const { systems, instances, bank } = options;
  return {
    measuredAt: new Date(began).toISOString(),
    command,
    mode: options.mode,
    settings: { systems, instances, bank },
    machine,
    versions,
    measured: { ...stateOf(checkout), bench: stateOf(root).commit },
    tookMinutes: Number(((Date.now() - began) / 60_000).toFixed(1)),
    void: voidReasons(judged(stints)),
    stints,
  };
}

async function oneStint(servers: BenchServers, plan: StintPlan, options: BenchOptions, checkout: string) {
  const progress = new ProgressLine(plan.system);
  const start = starterOf(plan.system, checkout);
  const stint = await Stint.open(start, servers, { instances: options.instances, progress });
  try {
    if (options.bank === 'realistic') await makeRealistic(stint.system.simulatorUrl);
    return await runStint(stint, plan);
  } finally {
    progress.say('stops');
    await stint.close();
  }
}

export function legsOf({ legs, knee, soak, grow, profile }: StintResult): MeasuredLeg[] {
  const further = [
    ...(soak ? [soak] : []),
    ...(grow ? [grow.before, grow.after] : []),
    ...(profile ? [profile.leg] : []),
  ];
  return [...legs, ...(knee?.legs ?? []), ...further];
}

const judged = (stints: readonly StintResult[]) => ({
  legs: stints.flatMap((stint) =>
    legsOf(stint).map(({ rate, othersCpu }) => ({ name: `${stint.system}, run ${stint.run}, ${rate}/s`, othersCpu })),
  ),
  floorCpuMs: stints
    .filter(({ system }) => system === 'floor')
    .flatMap(({ legs }) => legs.filter(({ rate }) => rate === commonRate).map(cpuOfSystem)),
});

const describeMachine = () => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  kernel: execFileSync('uname', ['-r'], { encoding: 'utf8' }).trim(),
  node: process.version,
  loadBefore: loadavg()[0],
});
