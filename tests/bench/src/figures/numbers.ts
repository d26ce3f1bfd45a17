import { commonRate } from '../run/plan.js';
import { type BenchResult } from '../run/bench.js';
import { type StintResult } from '../run/run-stint.js';
import { type MeasuredLeg } from '../run/stint.js';
import { type LegFigures } from './leg.js';
import { rounded } from './percentile.js';

/** The figures that are asked for, each undefined where the run did not measure it. */
export interface Numbers {
  readonly kneeOfFloor?: number;
  readonly kneeOfUsualWay?: number;
  readonly p50OfFloor?: number;
  readonly p99OfFloor?: number;
  readonly commits?: number;
  readonly offsetRecords?: number;
  readonly commitsAtRest?: number;
  /** The busiest of the four services, in percent of a core. */
  readonly idleCpu?: number;
  readonly idleCpuLeast?: number;
  readonly coldPostMs?: number;
  readonly coldOfWarm?: number;
}

export const services = ['gateway', 'payment-session', 'notification', 'order'] as const;

export function numbersOf({ stints }: Pick<BenchResult, 'stints'>): Numbers {
  const of = (name: string) => stints.filter(({ system }) => system === name);
  const [kasir, floor, usual] = [of('kasir'), of('floor'), of('usual-way')];
  const knee = meanKnee(kasir);
  const leg = (figure: (leg: MeasuredLeg) => number | undefined) => meanAt(kasir, figure);
  const floorAt = (figure: (leg: MeasuredLeg) => number | undefined) => meanAt(floor, figure);
  const rest = kasir.find((stint) => stint.rest)?.rest;
  const cold = kasir.find((stint) => stint.cold)?.cold;
  const idle = rest && services.map((name) => rest.cpuPercent[name] ?? 0);
  return defined({
    kneeOfFloor: ratio(knee, meanKnee(floor)),
    kneeOfUsualWay: ratio(knee, meanKnee(usual)),
    p50OfFloor: ratio(leg(p50), floorAt(p50), 1),
    p99OfFloor: ratio(leg(p99), floorAt(p99), 1),
    commits: leg(({ perPayment }) => perPayment.commits),
    offsetRecords: leg(({ perPayment }) => perPayment.offsetRecords),
    commitsAtRest: rest?.commitsPerSecond,
    idleCpu: idle && Math.max(...idle),
    idleCpuLeast: idle && Math.min(...idle),
    coldPostMs: cold?.coldPostP50Ms,
    coldOfWarm: ratio(cold?.coldPostP50Ms, cold?.warmPostP50Ms, 1),
  });
}

export const p50 = ({ e2e }: Pick<LegFigures, 'e2e'>) => e2e?.p50;
export const p99 = ({ e2e }: Pick<LegFigures, 'e2e'>) => e2e?.p99;

export function meanKnee(stints: readonly StintResult[]): number | undefined {
  return mean(stints.map(({ knee }) => knee?.rate ?? undefined));
}

/** Over all legs at the rate at which everything is compared. */
export function meanAt(
  stints: readonly StintResult[],
  figure: (leg: MeasuredLeg) => number | undefined,
  rate = commonRate,
): number | undefined {
  return mean(stints.flatMap(({ legs }) => legs.filter((leg) => leg.rate === rate).map(figure)));
}

function mean(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : rounded(known.reduce((sum, value) => sum + value, 0) / known.length, 2);
}

const ratio = (ours: number | undefined, theirs: number | undefined, digits = 2) =>
  ours === undefined || theirs === undefined || theirs === 0 ? undefined : rounded(ours / theirs, digits);

const defined = <Fields extends object>(fields: Fields) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Fields]: Exclude<Fields[Name], undefined>;
  };
