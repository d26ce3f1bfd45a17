import { setTimeout as pause } from 'node:timers/promises';
import { payments } from '@kasir/contracts';
import { Kafka, logLevel, Partitioners, type Producer } from 'kafkajs';
import { recordOf } from './news.js';
import { type Place } from './place.js';

const tickMs = 50;

/** Puts records on the topic of a place at a steady rate, past every outbox, until it is told to end. */
export class Flood {
  sent = 0;
  readonly #ending = new AbortController();
  #loop: Promise<void> | undefined;
  readonly #producer: Producer;

  constructor(
    private readonly place: Place,
    private readonly perSecond: number,
  ) {
    const kafka = new Kafka({ brokers: [...place.brokers], logLevel: logLevel.NOTHING });
    this.#producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  }

  async begin(): Promise<void> {
    await this.#producer.connect();
    this.#loop = this.#send();
  }

  async end(): Promise<number> {
    this.#ending.abort();
    await this.#loop;
    await this.#producer.disconnect();
    return this.sent;
  }

  async #send(): Promise<void> {
    const began = performance.now();
    while (!this.#ending.signal.aborted) {
      const due = Math.floor(((performance.now() - began) / 1_000) * this.perSecond);
      const messages = Array.from({ length: due - this.sent }, (_, index) => recordOf(this.sent + index));
      if (messages.length > 0) await this.#producer.send({ topic: this.place.prefix + payments.name, messages });
      this.sent = due;
      await pause(tickMs);
    }
  }
}
