import { moneyProblem } from '@kasir/kernel';
import { z } from 'zod';

/** Minor units as a digit string with its currency, everywhere: events, bodies, tokens. */
export const Money = z
  .strictObject({
    // The patterns are for those who read the printed schema; the kernel's rule decides, and knows more.
    value: z.string().meta({ description: 'minor units', pattern: '^[1-9][0-9]{0,15}$' }),
    currency: z.string().meta({ description: 'ISO 4217', pattern: '^[A-Z]{3}$' }),
  })
  .superRefine((money, context) => {
    const problem = moneyProblem(money);
    if (problem !== undefined) context.addIssue({ code: 'custom', path: [problem.field], message: problem.message });
  });

/** A sum that may also be nothing, such as what is left after a refund. */
export const Total = z.strictObject({
  value: z
    .string()
    .regex(/^(0|[1-9][0-9]{0,15})$/, 'must be minor units as digits')
    .meta({ description: 'minor units' }),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code')
    .meta({ description: 'ISO 4217' }),
});
export type Total = z.infer<typeof Total>;

export const Timestamp = z.iso.datetime({ offset: true }).describe('ISO 8601 with offset');

/** Printable text without control characters. */
const text = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}]*$/u, 'must not contain control characters')
    .refine((value) => value.isWellFormed(), 'must be well-formed Unicode');

/** The merchant's own id of an order, and the key of every message about it. */
export const OrderId = z
  .string()
  .regex(/^[A-Za-z0-9_.:-]{1,64}$/, 'must be 1 to 64 letters, digits or _ . : -')
  .describe("the merchant's id of the order; the key of every message about it");

export const PaymentSessionId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/)
  .describe("the id of the payment session, of its attempt, and Antom's paymentRequestId");

/** Our own id of a refund, and Antom's `refundRequestId`. */
export const RefundRequestId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/)
  .describe("our id of the refund, and Antom's refundRequestId");

/** An open word: more of them will come, and a reader that does not know one still shows it to a person. */
export const Kind = z
  .string()
  .max(64)
  .regex(/^[a-z]+(-[a-z]+)*$/);

export const Evidence = z
  .record(z.string(), z.string())
  .describe('what a person needs to see, by name: short texts without buyer data');

/** What Antom says that it received, in its own words: it need not be an amount that we could ask for. */
export const ReceivedMoney = z
  .object({
    value: z.string().max(64).describe('minor units, as Antom wrote them'),
    currency: z.string().max(16).describe('as Antom wrote it'),
  })
  .describe('what Antom says that it received');

export const FieldErrors = z
  .array(
    z.object({
      field: z.string().max(128).describe('a path in the request, such as order.expiresAt'),
      message: z.string().max(512).describe('what is wrong with it and how to put it right'),
    }),
  )
  .describe('what is wrong with single fields of the request');

/** What is wrong with one field of a request, by the name that its sender knows. */
export type FieldError = z.infer<typeof FieldErrors>[number];

/** Antom's id of a payment. */
export const PaymentId = z.string().max(64).describe("Antom's id of the payment");

export const Reason = text(256).describe('why it was asked for, in the words of who asked');

export const Description = text(256).describe('of the order, as the buyer reads it at the bank');

export const BankChoice = z
  .strictObject({
    bankName: text(64).optional().describe('one bank, by the name in the catalogue'),
    category: z
      .enum(['BANK_TRANSFER', 'MOBILE_BANKING_APP', 'ONLINE_BANKING'])
      .optional()
      .describe('a kind of bank payment'),
    region: z.enum(['TH', 'ID']).optional().describe('any bank of a country'),
  })
  .refine((choice) => Object.values(choice).filter((value) => value !== undefined).length === 1, {
    message: 'must name exactly one of bankName, category and region',
  })
  .describe('how the buyer wants to pay: at one bank, by a kind of bank payment, or at any bank of a country');
export type BankChoice = z.infer<typeof BankChoice>;

export const Terminal = z
  .strictObject({
    type: z.enum(['WEB', 'WAP', 'APP']).describe('a browser on a computer, a browser on a phone, or an app'),
    os: z.enum(['IOS', 'ANDROID']).optional().describe('unless type is WEB'),
  })
  .refine(({ type, os }) => type === 'WEB' || os !== undefined, {
    path: ['os'],
    message: 'must be IOS or ANDROID unless type is WEB',
  })
  .describe('where the buyer sits; Antom chooses the way into the bank by it');
export type Terminal = z.infer<typeof Terminal>;

/** Who pays. Buyer data travels on session-requests.v1 only. */
export const Buyer = z
  .strictObject({
    id: text(64).optional().describe("the merchant's id of the buyer"),
    name: text(128).optional().describe('full name'),
    email: text(64).optional().describe('e-mail address'),
    phone: text(24).optional().describe('with country code'),
  })
  .describe('who pays');
export type Buyer = z.infer<typeof Buyer>;

export const OrderFacts = z
  .object({
    amount: Money.describe('what the order costs'),
    description: Description,
    expiresAt: Timestamp.describe('the end of the order: no attempt starts after it'),
  })
  .describe('the order as everybody downstream may see it');
export type OrderFacts = z.infer<typeof OrderFacts>;
