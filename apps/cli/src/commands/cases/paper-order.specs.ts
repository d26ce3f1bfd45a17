import { operatorVerb, type ServiceDefinition } from '@kasir/service';
import { stubbornOrder } from '../dead-letters/stubborn-order.specs.js';

/** What the service below was asked. */
export const asked: { verb: string; input: unknown }[] = [];

const anything = { safeParse: (data: unknown) => ({ success: true, data }) };

/** An order service that answers its operator from a sheet of paper: by verb, with the same to everybody. */
export function paperOrder(answers: Readonly<Record<string, unknown>>): ServiceDefinition {
  const verbs = Object.entries(answers).map(([verb, answer]) => [
    verb,
    operatorVerb({
      summary: verb,
      input: anything as never,
      run: (input: unknown) => {
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
