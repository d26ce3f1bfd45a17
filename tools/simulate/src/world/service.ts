import { type AnyEvent } from '@kasir/contracts';
import { eventId } from '@kasir/messaging';
import { Conflict, type Draft, Memory } from '@kasir/testing/memory';
import { type Chaos } from '../chaos.js';
import { type Agenda } from './agenda.js';
import { type Bus } from './bus.js';
import { type Reader } from './reader.js';
import { type Turns } from './turns.js';

interface News {
  readonly type: string;
  readonly identity: string;
  readonly data: { readonly orderId: string };
}

/** Work that is claimed in one transaction, and done outside of it. */
interface Work<Lease> {
  claim(draft: Draft): Promise<readonly Lease[]>;
  work(lease: Lease): Promise<void>;
}

export interface ServiceParts {
  readonly name: string;
  /** The topic that it says its news on. */
  readonly topic: string;
  readonly bus: Bus;
  readonly chaos: Chaos;
  readonly agenda: Agenda;
  readonly turns: Turns;
}

/** One service: its database, its outbox and inbox, and death at any moment between two commits. */
export class Service {
  readonly memory = new Memory();
  #readers: readonly Reader[] = [];
  #works: readonly { readonly isDue: () => boolean; readonly run: () => Promise<void> }[] = [];

  constructor(private readonly parts: ServiceParts) {}

  reads(...readers: readonly Reader[]): void {
    this.#readers = readers;
  }

  /** @param isDue whether claiming would find something */
  works<Lease>(isDue: () => boolean, { claim, work }: Work<Lease>): void {
    const run = async () => {
      for (const lease of await this.transaction(claim)) await work(lease);
    };
    this.#works = [...this.#works, { isDue, run }];
  }

  /** One transaction, around which the process may die. It begins again where another one was in its way. */
  async transaction<Result>(work: (draft: Draft) => Promise<Result>): Promise<Result> {
    const { chaos } = this.parts;
    for (;;) {
      const draft = this.memory.begin();
      const result = await work(draft);
      chaos.crash('crash before commit', 0.02);
      if (!this.#commits(draft)) continue;
      chaos.crash('crash after commit', 0.02);
      return result;
    }
  }

  #commits(draft: Draft): boolean {
    try {
      this.memory.commit(draft);
      return true;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      this.parts.chaos.count('transactions conflict');
      return false;
    }
  }

  /** Says something together with the change of a transaction. The same fact has the same id. */
  say(draft: Draft, { type, identity, data }: News, causedBy: { readonly id: string } | undefined): Promise<string> {
    const { name, agenda } = this.parts;
    const sequences = draft.table<number>('sequences');
    const sequence = (sequences.get(data.orderId) ?? 0) + 1;
    sequences.set(data.orderId, sequence);
    const event: AnyEvent = {
      id: eventId({ source: name, type, identity }),
      type,
      source: name,
      subject: data.orderId,
      time: agenda.now().toISOString(),
      sequence,
      data: JSON.parse(JSON.stringify(data)) as AnyEvent['data'],
      ...(causedBy === undefined ? {} : { causationId: causedBy.id }),
    };
    const outbox = draft.table<AnyEvent>('outbox');
    outbox.set(`${String(this.#position++).padStart(9, '0')}`, event);
    draft.table<AnyEvent>('ever said').set(`${event.id}/${sequence}`, event);
    return Promise.resolve(event.id);
  }
  #position = 0;

  /** Everything that this service could do now, each once. */
  actions(): readonly (() => Promise<void>)[] {
    const { name, bus } = this.parts;
    const heard = bus.waiting(
      name,
      this.#readers.map(({ topic }) => topic),
    );
    return [
      ...heard.map((delivery) => () => this.#hear(delivery)),
      ...this.#works.filter(({ isDue }) => isDue()).map(({ run }) => run),
      ...(this.memory.rows('outbox').length > 0 ? [() => this.#relay()] : []),
    ];
  }

  async #hear({ topic, event, done }: ReturnType<Bus['waiting']>[number]): Promise<void> {
    const reader = this.#readers.find((each) => each.topic === topic)!;
    await this.transaction(async (draft) => {
      const inbox = draft.table<true>('inbox');
      if (inbox.has(event.id)) return;
      inbox.set(event.id, true);
      await reader.hear(draft, event);
    });
    done();
  }

  async #relay(): Promise<void> {
    const { topic, bus, chaos } = this.parts;
    const draft = this.memory.begin();
    const outbox = draft.table<AnyEvent>('outbox');
    const [key, event] = [...outbox].sort(([a], [b]) => (a < b ? -1 : 1))[0]!;
    bus.append(topic, event);
    chaos.crash('crash after send', 0.02);
    outbox.delete(key);
    this.memory.commit(draft);
    return Promise.resolve();
  }
}
