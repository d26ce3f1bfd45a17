import { type IncomingRecord } from '../broker.js';

export interface QueueParts {
  /** Applies one record; resolves true when it is done with, false when `signal` gave it up. */
  work(record: IncomingRecord, signal: AbortSignal): Promise<boolean>;
  done(record: IncomingRecord): void;
  /** The queue became too long, or short again. */
  tooLong(full: boolean): void;
}

const mostRecords = 1_000;
const mostBytes = 4_000_000;

/** The records of one partition that wait for the database, applied one after the other in their order. */
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
    for (const record of records) this.#bytes += bytesOf(record);
    this.#records.push(...records);
    this.#report();
    this.#working ??= this.#drain().finally(() => {
      this.#working = undefined;
    });
  }

  /** Forgets everything, because it comes again or is somebody else's now. A transaction that is open still ends, unheard. */
  clear(): void {
    this.leave();
    this.#generation += 1;
    this.#patience = new AbortController();
    this.#full = false;
  }

  /** Finishes the record in hand, gives it up where it is being retried, and takes no other. */
  leave(): void {
    this.#patience.abort();
    this.#records = [];
    this.#bytes = 0;
  }

  async settled(): Promise<void> {
    await this.#working;
  }

  async #drain(): Promise<void> {
    for (let record = this.#records.shift(); record !== undefined; record = this.#records.shift()) {
      this.#bytes -= bytesOf(record);
      const generation = this.#generation;
      const finished = await this.parts.work(record, this.#patience.signal);
      if (finished && generation === this.#generation) this.parts.done(record);
      this.#report();
    }
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

const bytesOf = ({ key, value }: IncomingRecord): number => (key?.length ?? 0) + (value?.length ?? 0);
