import {
  BankChoice,
  Buyer,
  CloseOrderBody,
  CreatePaymentSessionBody,
  CreateRefundBody,
  MerchantPaymentSessionBody,
  Money,
  OrderView,
  PaymentSessionView,
  Problem,
  RefundView,
  Terminal,
  Total,
} from '@kasir/contracts';
import { z } from 'zod';

/** What an order without a payment session can show of itself. */
const ClosingOrder = OrderView.partial().required({ id: true });

/** What a refusal may carry beside the words that every problem has. */
const Refusal = Problem.extend({
  paymentSessionId: z.string().optional().describe('the payment session that was rejected'),
  livingPaymentSessionId: z.string().optional().describe('the session of the same order that can still succeed'),
  livingPaymentSession: PaymentSessionView.optional().describe('that session as it is now'),
  remainingSeconds: z.int().optional().describe('when it stops standing in the way; as in Retry-After'),
  providerCode: z.string().optional().describe("Antom's result code, where Antom refused"),
  refundId: z.string().optional().describe('the refund that was rejected'),
  traceId: z.string().optional().describe('to be named in a report: it leads to the lines in the logs'),
});

/** Every body of the API, by the name under which the printed description knows it. */
export const named = {
  BankChoice,
  Buyer,
  CloseOrderBody,
  ClosingOrder,
  CreatePaymentSessionBody,
  CreateRefundBody,
  MerchantPaymentSessionBody,
  Money,
  OrderView,
  PaymentSessionView,
  Problem: Refusal,
  RefundView,
  Terminal,
  Total,
} as const;
export type SchemaName = keyof typeof named;

export const refTo = (name: SchemaName) => ({ $ref: `#/components/schemas/${name}` });

/** JSON Schema of every body, each naming the others where it uses them. */
export function printedSchemas(): Record<string, unknown> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  const uri = (id: string) => refTo(id as SchemaName).$ref;
  const { schemas } = z.toJSONSchema(registry, { uri, io: 'input', override: dropPatternOfFormat });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _, $id: __, ...schema }]) => [name, schema]),
  );
}

/** A format says it in one word; the pattern behind it fills half a page. */
function dropPatternOfFormat({ jsonSchema }: { jsonSchema: { format?: unknown; pattern?: unknown } }): void {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
}
