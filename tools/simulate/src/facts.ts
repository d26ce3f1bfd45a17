import { type AnyEvent } from '@kasir/contracts';
import { type World } from './world/world.js';

/** A promise that has to hold when a world has come to rest. Says what is wrong, a line each. */
export type Invariant = (world: World) => readonly string[];

export type Said = AnyEvent & { readonly topic: string };

/** What was said, each fact once. */
export function facts(world: World, topic: string, ...types: readonly string[]): readonly Said[] {
  const firsts = new Map(world.bus.said(topic).map((event) => [event.id, event]));
  return [...firsts.values()].filter(({ type }) => types.length === 0 || types.includes(type));
}

export const about = ({ data }: Said): string => String((data as { paymentSessionId?: string }).paymentSessionId);
export const orderOf = ({ data }: Said): string => data.orderId;
export const field = ({ data }: Said, name: string): unknown => (data as unknown as Record<string, unknown>)[name];
