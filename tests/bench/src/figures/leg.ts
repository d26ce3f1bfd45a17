import { type LegOutcome } from '../generator/protocol.js';
import { othersShare } from '../measure/proc.js';
import { moreRequests } from '../measure/requests.js';
import { type Counters } from '../run/snapshot.js';
import { rounded, type Spread, spreadOf } from './percentile.js';

/** What is in time: with the end-to-end time that a rate may take at most. */
const inTimeMs = 1_000;

export interface LegFigures {
  /** Payments per second; undefined where so many at a time were paid. */
  readonly rate: number | undefined;
  readonly seconds: number;
  readonly sent: number;
  readonly paid: number;
  /** Created, and OrderPaid never came. */
  readonly missing: number;
  /** Answered with something else than a session. */
  readonly failed: number;
  readonly failures: Readonly<Record<string, number>>;
  readonly stoppedEarly: boolean;
  /** The share of those sent that were paid a second after the last one was due. */
  readonly achieved: number;
  readonly paidPerSecond: number;
  /** POST due → 201, in milliseconds. */
  readonly post: Spread | undefined;
  /** POST due → OrderPaid read, in milliseconds. */
  readonly e2e: Spread | undefined;
  readonly cpuMsPerPayment: Readonly<Record<string, number>>;
  readonly perPayment: PerPayment;
  readonly memoryMiB: Readonly<Record<string, number>>;
  readonly eventLoopP99Ms: Readonly<Record<string, number>>;
  readonly othersCpu: number;
}

export interface PerPayment {
  readonly statements: number;
  readonly commits: number;
  readonly commitsWithSubscriber: number;
  readonly fsyncs: number;
  readonly records: number;
  readonly offsetRecords: number;
  readonly requests: Readonly<Record<string, number>> | undefined;
}

export type Latencies = Pick<
  LegFigures,
  | 'rate'
  | 'seconds'
  | 'sent'
  | 'paid'
  | 'missing'
  | 'failed'
  | 'failures'
  | 'stoppedEarly'
  | 'achieved'
  | 'paidPerSecond'
  | 'post'
  | 'e2e'
>;

export function latenciesOf(rate: number | undefined, outcome: LegOutcome): Latencies {
  const { payments, created, failures, stoppedEarly, lastedMs } = outcome;
  const posted = payments.map(([, post]) => post).filter((ms) => ms !== null);
  const paid = payments.map(([, , ms]) => ms).filter((ms) => ms !== null);
  const ends = (payments.at(-1)?.[0] ?? 0) + inTimeMs;
  const inTime = payments.filter(([due, , ms]) => ms !== null && due + ms <= ends).length;
  return {
    rate,
    seconds: rounded(lastedMs / 1_000),
    sent: payments.length,
    paid: paid.length,
    missing: created.length - paid.length,
    failed: payments.length - created.length,
    failures,
    stoppedEarly,
    achieved: payments.length === 0 ? 0 : rounded(inTime / payments.length, 4),
    paidPerSecond: rounded((paid.length * 1_000) / lastedMs),
    post: spreadOf(posted),
    e2e: spreadOf(paid),
  };
}

/** What a leg cost, by the differences of everything that only grows. */
export function costsOf(before: Counters, after: Counters, payments: number) {
  const each = (more: number, digits = 2) => rounded(more / payments, digits);
  const { requests: earlier } = before;
  const { requests: later } = after;
  const requests =
    earlier && later && Object.entries(moreRequests(earlier, later)).map(([kind, more]) => [kind, each(more)] as const);
  const perPayment: PerPayment = {
    statements: each(after.database.statements - before.database.statements, 1),
    commits: each(after.database.commits - before.database.commits),
    commitsWithSubscriber: each(after.database.commitsWithSubscriber - before.database.commitsWithSubscriber),
    fsyncs: each(after.database.fsyncs - before.database.fsyncs),
    records: each(after.records.records - before.records.records),
    offsetRecords: each(after.records.offsetRecords - before.records.offsetRecords),
    requests: requests && Object.fromEntries(requests),
  };
  const cpu = Object.entries(after.cpu).map(([name, ms]) => [name, each(ms - (before.cpu[name] ?? 0))] as const);
  return {
    cpuMsPerPayment: Object.fromEntries(cpu) as Record<string, number>,
    perPayment,
    othersCpu: rounded(othersShare(before.machine, after.machine), 4),
  };
}

/** All but the generator, which stands for the buyers. */
export const cpuOfSystem = ({ cpuMsPerPayment }: Pick<LegFigures, 'cpuMsPerPayment'>): number =>
  rounded(
    Object.entries(cpuMsPerPayment)
      .filter(([name]) => name !== 'generator')
      .reduce((sum, [, ms]) => sum + ms, 0),
  );

export interface Second {
  readonly second: number;
  readonly paid: number;
  readonly p50: number | null;
  readonly p99: number | null;
}

/** Latency of the payments that were due in each slice of time. */
export function timelineOf({ payments }: LegOutcome, sliceSeconds = 1): Second[] {
  const slices = Object.groupBy(payments, ([due]) => Math.floor(due / 1_000 / sliceSeconds));
  return Object.entries(slices).map(([slice, of]) => {
    const paid = of!.map(([, , ms]) => ms).filter((ms) => ms !== null);
    const spread = spreadOf(paid);
    return {
      second: Number(slice) * sliceSeconds,
      paid: paid.length,
      p50: spread?.p50 ?? null,
      p99: spread?.p99 ?? null,
    };
  });
}
