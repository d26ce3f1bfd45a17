import { type AnyEvent } from '@kasir/contracts';
import { type Chaos } from '../chaos.js';
import { type Random } from '../random.js';

export interface Delivery {
  readonly topic: string;
  readonly event: AnyEvent;
  /** The transaction is committed: the next one may come. */
  done(): void;
}

interface Place {
  readonly topic: string;
  readonly key: string;
  readonly log: { readonly event: AnyEvent; readonly position: number }[];
}

/** Topics that keep the order of one key, and of nothing else; and that say again what was said before. */
export class Bus {
  readonly #places = new Map<string, Place>();
  readonly #cursors = new Map<string, number>();
  readonly #newest = new Map<string, number>();
  #position = 0;

  constructor(
    private readonly random: Random,
    private readonly chaos: Chaos,
  ) {}

  append(topic: string, event: AnyEvent): void {
    const key = event.subject;
    const place = this.#places.get(`${topic}/${key}`) ?? { topic, key, log: [] };
    this.#places.set(`${topic}/${key}`, place);
    place.log.push({ event, position: this.#position++ });
    // A relay that lost its shard may still finish the call it had begun.
    if (this.chaos.strikes('message repeated', 0.03))
      place.log.push({ event: this.random.pick(place.log).event, position: this.#position++ });
  }

  /** Everything said on a topic, in its order. */
  said(topic?: string): readonly (AnyEvent & { readonly topic: string })[] {
    return [...this.#places.values()]
      .filter((place) => topic === undefined || place.topic === topic)
      .flatMap(({ topic: name, log }) => log.map((entry) => ({ ...entry, topic: name })))
      .sort((a, b) => a.position - b.position)
      .map(({ event, topic: name }) => ({ ...event, topic: name }));
  }

  /** The places at which a group has something to read. */
  waiting(group: string, topics: readonly string[]): readonly Delivery[] {
    return [...this.#places.values()]
      .filter(({ topic, log, key }) => topics.includes(topic) && this.#cursor(group, topic, key) < log.length)
      .map((place) => this.#delivery(group, place));
  }

  /** A member left or came: what was not committed is read again. */
  rebalance(group: string): void {
    for (const [cursor, at] of this.#cursors)
      if (cursor.startsWith(`${group}/`) && at > 0 && this.chaos.strikes('message repeated', 0.3))
        this.#cursors.set(cursor, at - this.random.between(1, Math.min(at, 4) + 1));
  }

  #delivery(group: string, { topic, key, log }: Place): Delivery {
    const cursor = `${group}/${topic}/${key}`;
    const { event, position } = log[this.#cursor(group, topic, key)]!;
    return {
      topic,
      event,
      done: () => {
        this.#cursors.set(cursor, this.#cursor(group, topic, key) + 1);
        if (position < (this.#newest.get(group) ?? 0)) this.chaos.count('topics overtake each other');
        else this.#newest.set(group, position);
      },
    };
  }

  #cursor(group: string, topic: string, key: string): number {
    return this.#cursors.get(`${group}/${topic}/${key}`) ?? 0;
  }
}
