import { setTimeout as pause } from 'node:timers/promises';
import { holds, isEasy, kneeOf, legSeconds, nextRate, type Tried } from '../figures/knee.js';
import { rounded } from '../figures/percentile.js';
import { commonRate, type StintPlan } from './plan.js';
import { type Profile, profiledLeg } from './profile.js';
import { processorCounters } from './snapshot.js';
import { type MeasuredLeg, type Stint } from './stint.js';
import { postMedian, type WarmUp, warmUp } from './warm-up.js';

export interface Rest {
  readonly seconds: number;
  readonly commitsPerSecond: number;
  readonly commitsPerSecondWithSubscriber: number;
  readonly cpuPercent: Readonly<Record<string, number>>;
}

export interface Cold {
  readonly coldPostP50Ms: number;
  readonly warmPostP50Ms: number;
}

export interface StintResult {
  readonly system: string;
  readonly run: number;
  readonly cold?: Cold;
  readonly warmUp?: WarmUp;
  readonly legs: readonly MeasuredLeg[];
  readonly knee?: { readonly rate: number | null; readonly within: number; readonly legs: readonly MeasuredLeg[] };
  readonly rest?: Rest;
  readonly soak?: MeasuredLeg;
  readonly profile?: Profile;
  readonly grow?: { readonly payments: number; readonly before: MeasuredLeg; readonly after: MeasuredLeg };
  /** All that were paid in this stint. */
  readonly payments: number;
  /** Records that repeated an OrderPaid. */
  readonly redelivered: number;
}

const cold = { rate: 25, seconds: 20 };
/** Each rate comes after a little less of it, so that a leg measures neither the compiler nor the growth of batches. */
const approach = { share: 0.8, seconds: 4 };
/** Below it a leg of 1,200 payments takes too long to look any further. */
const lowestRate = 5;

/** Everything that a plan wants of one system, in an order that lets each part find it warm, and at rest. */
export async function runStint(stint: Stint, plan: StintPlan): Promise<StintResult> {
  const coldPost = plan.cold === true ? await coldMedian(stint, 'cold') : undefined;
  const warm = await warmUp(stint, plan.system, plan.warmUpSeconds);
  const warmPost = plan.cold === true ? await coldMedian(stint, 'the same when warm') : undefined;
  const legs: MeasuredLeg[] = [];
  for (const { rate, seconds } of plan.legs) legs.push(await stint.measure(loadOf(rate, seconds)));
  const rest = plan.idle === true ? await atRest(stint) : undefined;
  const soak = plan.soak && (await stint.measure(loadOf(plan.soak.rate, plan.soak.seconds), { sliceSeconds: 10 }));
  const grow = plan.grow && (await grown(stint, plan.grow));
  const profile = plan.profile && (await profiledLeg(stint, loadOf(plan.profile.rate, plan.profile.seconds)));
  const knee = plan.kneeWithin === undefined ? undefined : await findKnee(stint, plan.kneeWithin, legs);
  await stint.balance();
  return {
    system: plan.system,
    run: plan.run,
    warmUp: warm,
    legs,
    payments: stint.payments,
    redelivered: stint.redelivered,
    ...(coldPost !== undefined && warmPost !== undefined
      ? { cold: { coldPostP50Ms: rounded(coldPost), warmPostP50Ms: rounded(warmPost) } }
      : {}),
    ...(rest && { rest }),
    ...(soak && { soak }),
    ...(profile && { profile }),
    ...(grow && { grow }),
    ...(knee && { knee }),
  };
}

export const loadOf = (rate: number, seconds: number) => ({ load: { rate }, count: Math.round(rate * seconds) });

const coldMedian = async (stint: Stint, what: string): Promise<number> =>
  postMedian(await stint.load(loadOf(cold.rate, cold.seconds), what));

async function findKnee(stint: Stint, within: number, measured: readonly MeasuredLeg[]) {
  // A measured rate that did not hold may have met a stall of the machine: the search tries it again.
  const tried: Tried[] = measured.filter(holds).map((leg) => ({ rate: leg.rate!, holds: true, easy: isEasy(leg) }));
  const legs: MeasuredLeg[] = [];
  for (;;) {
    const rate = nextRate(tried, { from: commonRate, within, lowest: lowestRate });
    if (rate === undefined) return { rate: kneeOf(tried) ?? null, within, legs };
    await stint.load(loadOf(rate * approach.share, approach.seconds), 'approaches the knee');
    const leg = await stint.measure({ ...loadOf(rate, legSeconds(rate)), stopWhenLost: true }, { what: 'knee' });
    legs.push(leg);
    tried.push({ rate, holds: holds(leg), easy: isEasy(leg) });
  }
}

/** After a moment in which all that was under way has ended. */
async function atRest(stint: Stint): Promise<Rest> {
  const [calmMs, seconds] = [12_000, 30];
  await pause(calmMs);
  const before = await stint.meters.database.read();
  const cpuBefore = processorCounters(stint).cpu;
  const began = performance.now();
  await pause(seconds * 1_000);
  const cpuAfter = processorCounters(stint).cpu;
  const lasted = (performance.now() - began) / 1_000;
  const after = await stint.meters.database.read();
  const percent = Object.entries(cpuAfter).map(
    ([name, ms]) => [name, rounded((ms - (cpuBefore[name] ?? 0)) / lasted / 10, 2)] as const,
  );
  return {
    seconds,
    commitsPerSecond: rounded((after.commits - before.commits) / lasted, 2),
    commitsPerSecondWithSubscriber: rounded((after.commitsWithSubscriber - before.commitsWithSubscriber) / lasted, 2),
    cpuPercent: Object.fromEntries(percent),
  };
}

/** The same leg before and after many payments, which are paid as fast as they go. */
async function grown(stint: Stint, { rate, seconds, payments }: NonNullable<StintPlan['grow']>) {
  const leg = () => stint.measure(loadOf(rate, seconds));
  const before = await leg();
  for (const chunk = 2_000; stint.payments < payments;)
    await stint.load(
      { load: { concurrency: 24 }, count: Math.min(chunk, payments - stint.payments) },
      'fills the tables',
    );
  return { payments: stint.payments, before, after: await leg() };
}
