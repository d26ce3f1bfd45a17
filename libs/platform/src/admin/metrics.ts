import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

export interface MetricsOptions {
  /** Also measure the process: memory, event loop, garbage collection. Once per process is enough. */
  readonly ofProcess?: boolean;
}

/** In milliseconds. The library's own 10 cost a service at rest 0.5 % of a core, 50 cost 0.1 %. */
const eventLoopMonitoringPrecision = 50;

/** A registry of one service's own, so that several services can live in one process. */
export function createMetrics(service: string, { ofProcess = false }: MetricsOptions = {}): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  if (ofProcess) collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision });
  return registry;
}

export interface Sample {
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
}

/** One number, or one for each set of labels. */
export type Reading = number | readonly Sample[];

export interface GaugeAbout {
  readonly help: string;
  readonly labels?: readonly string[];
}

/**
 * Gauges whose values are read when somebody asks, all of them by one call. Where the reading fails they are left out of
 * that answer, and the rest of the metrics is still given.
 */
export function snapshotGauges<Name extends string>(
  registry: Registry,
  abouts: Readonly<Record<Name, GaugeAbout>>,
  read: () => Promise<Readonly<Record<Name, Reading>>> | Readonly<Record<Name, Reading>>,
): void {
  let underWay: Promise<Readonly<Record<Name, Reading>> | undefined> | undefined;
  const readOnce = () =>
    (underWay ??= Promise.resolve()
      .then(read)
      .catch(() => undefined)
      .finally(() => (underWay = undefined)));
  for (const [name, { help, labels = [] }] of Object.entries(abouts) as [Name, GaugeAbout][])
    registry.registerMetric(
      new Gauge({
        name,
        help,
        labelNames: [...labels],
        registers: [],
        async collect() {
          const reading = (await readOnce())?.[name];
          this.reset();
          if (reading !== undefined) for (const { labels: of, value } of samplesOf(reading)) this.set(of, value);
          else if (labels.length === 0) this.remove();
        },
      }),
    );
}

const samplesOf = (reading: Reading): readonly Sample[] =>
  typeof reading === 'number' ? [{ labels: {}, value: reading }] : reading;
