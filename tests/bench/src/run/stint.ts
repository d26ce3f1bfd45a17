import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { dropServiceDatabases } from '@kasir/local-stack';
import { booksProblems, countsOf } from '../figures/books.js';
import { costsOf, latenciesOf, type LegFigures, type Second, timelineOf } from '../figures/leg.js';
import { Generator } from '../generator/generator.js';
import { type LegOrder, type LegOutcome } from '../generator/protocol.js';
import { openTopicMeter } from '../measure/kafka.js';
import { openDatabaseMeter } from '../measure/postgres.js';
import { openRequestMeter } from '../measure/requests.js';
import { type BenchServers } from '../systems/servers.js';
import { type RunningSystem, type StartSystem } from '../systems/system.js';
import { type ProgressLine } from './progress.js';
import { countersAfter, countersBefore, eventLoops, memoryMiB, type Meters, processorCounters } from './snapshot.js';

/** PostgreSQL's backends report what they did a second later. */
const statisticsMs = 1_500;

export interface StintOptions {
  readonly instances: number;
  readonly progress: ProgressLine;
}

export type Load = Omit<LegOrder, 'name'>;

export interface MeasuredLeg extends LegFigures {
  readonly timeline: readonly Second[];
}

/** One system while it runs: it is started, takes legs, and is stopped with everything that it stored. */
export class Stint {
  private readonly created = new Set<string>();
  private legs = 0;
  /** Records of OrderPaid that repeated one. */
  redelivered = 0;

  private constructor(
    readonly system: RunningSystem,
    readonly servers: BenchServers,
    readonly generator: Generator,
    readonly meters: Meters,
    private readonly progress: ProgressLine,
    private readonly prefix: string,
  ) {}

  static async open(start: StartSystem, servers: BenchServers, { instances, progress }: StintOptions): Promise<Stint> {
    const prefix = `b${randomBytes(3).toString('hex')}.`;
    progress.say('starts');
    const system = await start(servers, { folder: join(servers.folder, prefix), prefix, instances });
    const { shopKeyFile, ordersTopic, gatewayUrls, simulatorUrl, databases, topics, subscriberDatabases } = system;
    const target = { brokers: servers.brokers, ordersTopic, gatewayUrls, simulatorUrl, shopKeyFile };
    const generator = await Generator.open(target);
    const meters = {
      database: await openDatabaseMeter(servers.adminUrl, Object.values(databases), subscriberDatabases),
      topics: await openTopicMeter(servers.brokers, topics),
      requests: openRequestMeter(servers.kafkaPid),
    };
    return new Stint(system, servers, generator, meters, progress, prefix);
  }

  /** A leg of which only latencies are known. */
  async load(load: Load, what = 'warms up'): Promise<LegOutcome> {
    this.legs += 1;
    const name = `${this.prefix.slice(0, -1)}-${this.legs}`;
    await this.generator.prepare({ ...load, name });
    this.generator.onProgress = (now) => this.progress.show(what, load, now);
    const outcome = await this.generator.run();
    for (const order of outcome.created) this.created.add(order);
    return outcome;
  }

  /** A leg with everything that it cost. @throws where the books do not agree afterwards */
  async measure(load: Load, { sliceSeconds = 1, what = 'measured' } = {}): Promise<MeasuredLeg> {
    await eventLoops(this);
    const before = await countersBefore(this);
    const outcome = await this.load(load, what);
    const processor = processorCounters(this);
    const eventLoopP99Ms = await eventLoops(this);
    await pause(statisticsMs);
    const after = await countersAfter(this, processor);
    const rate = 'rate' in load.load ? load.load.rate : undefined;
    const latencies = latenciesOf(rate, outcome);
    const leg = {
      ...latencies,
      ...costsOf(before, after, Math.max(1, latencies.paid)),
      memoryMiB: memoryMiB(this),
      eventLoopP99Ms,
      timeline: timelineOf(outcome, sliceSeconds),
    };
    this.progress.tell(leg);
    await this.balance();
    return leg;
  }

  /** @throws where payments created, OrderPaid and the bank's ledger are not the same payments, each once */
  async balance(): Promise<void> {
    const ledger = (await (await fetch(`${this.system.simulatorUrl}/_sim/ledger`)).json()) as {
      kind: string;
      referenceOrderId: string;
    }[];
    const charges = ledger.filter(({ kind }) => kind === 'charge').map(({ referenceOrderId }) => referenceOrderId);
    const { counts, redelivered } = await this.generator.paidEvents();
    this.redelivered = redelivered;
    const problems = booksProblems({ created: this.created, paid: new Map(counts), charged: countsOf(charges) });
    if (problems.length > 0) throw new Error(`the books of ${this.system.name} do not agree: ${problems.join('; ')}`);
  }

  get payments(): number {
    return this.created.size;
  }

  async close(): Promise<void> {
    await this.generator.close();
    this.meters.requests.close();
    await this.system.stop();
    await this.meters.topics.deleteTopics().catch(() => undefined);
    await Promise.all([this.meters.topics.close(), this.meters.database.close()]);
    const databases = Object.values(this.system.databases).map((name) => ({ name, role: name }));
    await dropServiceDatabases(this.servers.adminUrl, databases);
  }
}
