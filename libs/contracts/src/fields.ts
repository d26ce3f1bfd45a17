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

export const Timestamp = z.iso.datetime({ offset: true });

/** Printable text without control characters. */
const text = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}]*$/u, 'must not contain control characters')
    .refine((value) => value.isWellFormed(), 'must be well-formed Unicode');

/** The merchant's own id of an order, and the key of every message about it. */
export const OrderId = z.string().regex(/^[A-Za-z0-9_.:-]{1,64}$/, 'must be 1 to 64 letters, digits or _ . : -');

export const PaymentSessionId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

/** Our own id of a refund, and Antom's `refundRequestId`. */
export const RefundRequestId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

/** An open word: more of them will come, and a reader that does not know one still shows it to a person. */
export const Kind = z
  .string()
  .max(64)
  .regex(/^[a-z]+(-[a-z]+)*$/);

/** What a person needs to see, by name. */
export const Evidence = z.record(z.string(), z.string());

/** Why somebody asked for something, in their own words. */
export const Reason = text(256);

export const Description = text(256);

/** How the shopper wants to pay: at one bank, at a kind of bank, or at any bank of a country. */
export const BankChoice = z
  .strictObject({
    bankName: text(64).optional(),
    category: z.enum(['BANK_TRANSFER', 'MOBILE_BANKING_APP', 'ONLINE_BANKING']).optional(),
    region: z.enum(['TH', 'ID']).optional(),
  })
  .refine((choice) => Object.values(choice).filter((value) => value !== undefined).length === 1, {
    message: 'must name exactly one of bankName, category and region',
  });
export type BankChoice = z.infer<typeof BankChoice>;

/** Where the shopper sits. Antom chooses the way into the bank by it. */
export const Terminal = z
  .strictObject({
    type: z.enum(['WEB', 'WAP', 'APP']),
    os: z.enum(['IOS', 'ANDROID']).optional(),
  })
  .refine(({ type, os }) => type === 'WEB' || os !== undefined, {
    path: ['os'],
    message: 'must be IOS or ANDROID unless type is WEB',
  });
export type Terminal = z.infer<typeof Terminal>;

/** Who pays. Buyer data travels on session-requests.v1 only. */
export const Buyer = z.strictObject({
  id: text(64).optional(),
  name: text(128).optional(),
  email: text(64).optional(),
  phone: text(24).optional(),
});
export type Buyer = z.infer<typeof Buyer>;

/** The order as everybody downstream may see it. */
export const OrderFacts = z.object({ amount: Money, description: Description, expiresAt: Timestamp });
export type OrderFacts = z.infer<typeof OrderFacts>;
