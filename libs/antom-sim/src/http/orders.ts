import { type FastifyRequest } from 'fastify';
import { isObject } from '../protocol/field-rules.js';
import { SimulatorRefusal } from '../refusal.js';

export type Order = Readonly<Record<string, unknown>>;

/** What somebody orders the simulator to do; an empty body orders nothing in particular. */
export function orderIn({ body }: FastifyRequest): Order {
  if (!Buffer.isBuffer(body) || body.length === 0) return {};
  try {
    const order = JSON.parse(body.toString('utf8')) as unknown;
    if (isObject(order)) return order;
  } catch {
    // Told below.
  }
  throw new SimulatorRefusal(400, 'the body must be a JSON object');
}

export function textIn(order: Order, name: string): string | undefined {
  const value = order[name];
  if (value !== undefined && typeof value !== 'string') throw new SimulatorRefusal(400, `${name} must be a text`);
  return value;
}

export function numberIn(order: Order, name: string): number | undefined {
  const value = order[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
    throw new SimulatorRefusal(400, `${name} must be a whole number from 0`);
  return value;
}

/** A number in an address. */
export function numberOf(name: string, text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new SimulatorRefusal(400, `${name} must be a whole number from 0`);
}

/** What it refuses with a RangeError was wrongly ordered. */
export function ordered<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) throw new SimulatorRefusal(400, error.message);
    throw error;
  }
}
