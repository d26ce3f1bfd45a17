import { operatorVerb, type ServiceDefinition } from '@kasir/service';
import { z } from 'zod';
import { stubbornOrder } from '../dead-letters/stubborn-order.specs.js';

/** What the service below was asked. */
export const asked: { verb: string; input: unknown }[] = [];

/** An order service that answers its operator from a sheet of paper: by verb, with the same to everybody. */
export function paperOrder(answers: Readonly<Record<string, unknown>>): ServiceDefinition {
  const verbs = Object.entries(answers).map(([verb, answer]) => [
    verb,
    operatorVerb({
      summary: verb,
      input: z.unknown(),
      run: (input) => {
        asked.push({ verb, input });
        return answer;
      },
    }),
  ]);
  return {
    ...stubbornOrder,
    wire: (parts) => ({ ...stubbornOrder.wire(parts), operator: Object.fromEntries(verbs) as never }),
  };
}
