import 'reflect-metadata';
import { type AnyEvent } from '@kasir/contracts';
import { type Draft } from '@kasir/testing/memory';
import { PATTERN_EXTRAS_METADATA, PATTERN_METADATA } from '@nestjs/microservices/constants';

export interface Reader {
  readonly topic: string;
  hear(draft: Draft, event: AnyEvent): Promise<void>;
}

/** What a handler gets beside the event; its transaction here is a draft. */
const context = (tx: Draft) => ({ tx: tx as never, afterCommit: () => undefined });

/** A consumer's handler, by what it declares for Nest: its topic, and the types that it handles. */
export function readerOf<Name extends string>(
  consumer: Readonly<Record<Name, (event: never, context: never) => Promise<void>>>,
  name: Name,
): Reader {
  const handler = consumer[name];
  const [topic] = Reflect.getMetadata(PATTERN_METADATA, handler) as readonly [string];
  const { handles } = Reflect.getMetadata(PATTERN_EXTRAS_METADATA, handler) as { readonly handles: readonly string[] };
  return {
    topic,
    async hear(draft, event) {
      if (handles.includes(event.type)) await handler.call(consumer, event as never, context(draft) as never);
    },
  };
}
