import { type IncomingRecord } from '../broker.js';

export interface QueueParts {
  /** Applies neighbours; resolves with how many of them, from the first, are done with: all, unless `signal` gave the rest up. */
  work(records: readonly IncomingRecord[], signal: AbortSignal): Promise<number>;
  /** Everything up to this record is done with. */
  done(record: IncomingRecord): void;
  /** The queue became too long, or short again. */
  tooLong(full: boolean): void;
}

const mostRecords = 1_000;
const mostBytes = 4_000_000;
/** So many records share a transaction at most. */
const mostTogether = 200;

/** The records of one partition that wait for the database, applied in their order: what came while it was busy goes together. */
export class PartitionQueue {
  #records: IncomingRecord[] = [];
  #bytes = 0;
  #full = false;
  #generation = 0;
  #patience = new AbortController();
  #working: Promise<void> | undefined;

  constructor(private readonly parts: QueueParts) {}

  get length(): number {
    return this.#records.length;
  }

  /** Nothing waits and nothing is being worked on. */
  get idle(): boolean {
    return this.#working === undefined;
  }

  push(records: readonly IncomingRecord[]): void {
    this.#bytes += sizeOf(records);
    this.#records.push(...records);
    this.#report();
    if (this.#records.length > 0) this.#working ??= this.#drain();
  }

  /** Forgets everything, because it comes again or is somebody else's now. A transaction that is open still ends, unheard. */
  clear(): void {
    this.leave();
    this.#generation += 1;
    this.#patience = new AbortController();
    this.#full = false;
  }

  /** Finishes the transaction in hand, gives up what is being retried, and takes nothing more. */
  leave(): void {
    this.#patience.abort();
    this.#records = [];
    this.#bytes = 0;
  }

  async settled(): Promise<void> {
    await this.#working;
  }

  /** Ends in the moment in which nothing waits: later, what comes in between would wait for the next one. */
  async #drain(): Promise<void> {
    while (this.#records.length > 0) {
      const records = this.#records.splice(0, mostTogether);
      this.#bytes -= sizeOf(records);
      const generation = this.#generation;
      const count = await this.parts.work(records, this.#patience.signal);
      const last = records[count - 1];
      if (last !== undefined && generation === this.#generation) this.parts.done(last);
      this.#report();
    }
    this.#working = undefined;
  }

  #report(): void {
    const full = this.#full
      ? this.length > mostRecords / 2 || this.#bytes > mostBytes / 2
      : this.length > mostRecords || this.#bytes > mostBytes;
    if (full === this.#full) return;
    this.#full = full;
    this.parts.tooLong(full);
  }
}

const sizeOf = (records: readonly IncomingRecord[]): number =>
  records.reduce((sum, { key, value }) => sum + (key?.length ?? 0) + (value?.length ?? 0), 0);
