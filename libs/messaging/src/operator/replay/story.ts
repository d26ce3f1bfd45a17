import { type Own } from './own-event.js';
import { type Message } from './turn.js';

/** What may come next in the story of one key: a message of one of its topics, or a decision of the service's own. */
export type Next =
  | {
      readonly kind: 'message';
      readonly line: Line;
      readonly message: Message;
      /** What names it as its cause. */
      readonly caused: readonly Own[];
      /** That part of it which nothing but handling the message can have made the service say. */
      readonly owed: readonly Own[];
      readonly at: Date;
    }
  | { readonly kind: 'decision'; readonly own: Own; readonly at: Date };

/** The messages of one topic, of which `next` comes first. */
export interface Line {
  readonly messages: readonly Message[];
  next: number;
}

export interface StoryFacts {
  /** The messages of each topic, in its order. */
  readonly topics: readonly (readonly Message[])[];
  readonly own: readonly Own[];
  readonly canReadBack: (type: string) => boolean;
}

/**
 * The messages of one key and what the service once said of them. Topics have no order among each other, but what the service said
 * tells in which order it met them: each of its events names its cause, and its numbers have no gaps.
 */
export class Story {
  readonly own: readonly Own[];
  readonly #lines: readonly Line[];
  readonly #met = new Set<string>();
  readonly #causes: ReadonlySet<string>;

  /** @param eager a topic whose messages come before those of others where both may come next */
  constructor(
    private readonly facts: StoryFacts,
    private readonly eager?: string,
  ) {
    this.own = facts.own.map((own) => ({ ...own, done: false }));
    this.#lines = facts.topics.map((messages) => ({ messages, next: 0 }));
    this.#causes = new Set(facts.topics.flat().flatMap((message) => idOf(message) ?? []));
  }

  again(): Story {
    return new Story(this.facts, this.eager);
  }

  /** The same story, told otherwise where nothing says which message came first: once for each topic. */
  variants(): Story[] {
    const topics = this.facts.topics.flatMap(([first]) => first?.record.topic ?? []);
    return topics.length < 2 ? [] : topics.map((topic) => new Story(this.facts, topic));
  }

  /** What may come next, the likeliest first. Empty when the story is told. */
  next(): Next[] {
    const expected = this.own.find(
      (own) => !own.done && (!this.#isDecision(own) || this.facts.canReadBack(own.event.type)),
    );
    const heads = this.#lines.flatMap((line) => this.#headOf(line));
    const decision = expected === undefined ? [] : this.#decision(expected);
    const tooEarly = (each: Next): boolean =>
      each.kind === 'message' && each.caused.length > 0 && each.caused[0] !== expected;
    return [...heads, ...decision].sort(
      (left, right) =>
        Number(tooEarly(left)) - Number(tooEarly(right)) ||
        Number(this.#isEager(right)) - Number(this.#isEager(left)) ||
        timeOf(left) - timeOf(right),
    );
  }

  advance(next: Next): void {
    if (next.kind === 'decision') return;
    next.line.next += 1;
    const id = idOf(next.message);
    if (id !== undefined) this.#met.add(id);
  }

  #isEager(next: Next): boolean {
    return next.kind === 'message' && next.message.record.topic === this.eager;
  }

  #headOf(line: Line): Next[] {
    const message = line.messages[line.next];
    if (message === undefined) return [];
    const id = idOf(message);
    const caused = id === undefined ? [] : this.own.filter(({ event, done }) => !done && event.causationId === id);
    const owed = caused.filter(({ event }) => !this.facts.canReadBack(event.type));
    return [{ kind: 'message', line, message, caused, owed, at: momentOf(message, caused[0]) }];
  }

  #decision(own: Own): Next[] {
    const { causationId } = own.event;
    const waits = causationId !== undefined && this.#causes.has(causationId) && !this.#met.has(causationId);
    return this.#isDecision(own) && !waits ? [{ kind: 'decision', own, at: new Date(own.event.time) }] : [];
  }

  /** Nothing that the service heard made it say this by itself. */
  #isDecision({ event: { type, causationId } }: Own): boolean {
    return this.facts.canReadBack(type) || causationId === undefined || !this.#causes.has(causationId);
  }
}

const idOf = ({ reading }: Message): string | undefined => (reading.kind === 'event' ? reading.event.id : undefined);

/** When the service met a message: as it said itself, else when the event was said. */
function momentOf({ record, reading }: Message, spoke: Own | undefined): Date {
  if (spoke !== undefined) return new Date(spoke.event.time);
  return reading.kind === 'event' ? new Date(reading.event.time) : record.sent_at;
}

const timeOf = (next: Next): number =>
  next.kind === 'decision' ? next.at.getTime() : next.message.record.sent_at.getTime();
