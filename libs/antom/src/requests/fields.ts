import { isIP } from 'node:net';
import { moneyProblem } from '@kasir/kernel';
import { z } from 'zod';
import { textProblem } from './text-policy.js';

/** An id of ours. Antom warns of letters outside ASCII in ids: some banks break on them. */
export const id = z.string().regex(/^[\x21-\x7e]{1,64}$/, 'must be 1 to 64 printable ASCII characters without blanks');

/** An id without special characters, as Antom wants it where refunds are asked about; which ones it means is not said. */
export const plainId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 letters, digits, _ or -');

/** Needed where one client id serves several places. */
export const merchantAccountId = z
  .string()
  .regex(/^[\x21-\x7e]{1,32}$/, 'must be 1 to 32 printable ASCII characters without blanks');

export const text = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}]*$/u, { error: 'must not contain control characters', abort: true })
    .refine((value) => value.isWellFormed(), 'must be well-formed Unicode');

/** Text that every bank shows, or Antom says that some break on. */
export const bankSafeText = (max: number) =>
  text(max).superRefine((value, context) => {
    const message = textProblem(value);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });

export const currency = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as "THB"');

export const Amount = z.strictObject({ currency: z.string(), value: z.string() }).superRefine((money, context) => {
  const problem = moneyProblem(money);
  if (problem !== undefined) context.addIssue({ code: 'custom', path: [problem.field], message: problem.message });
});

export const ipAddress = z.string().refine((address) => isIP(address) !== 0, 'must be an IPv4 or IPv6 address');

/** Where the shopper sits. Antom chooses the way into the bank by it. */
export const terminal = {
  terminalType: z.enum(['WEB', 'WAP', 'APP']),
  osType: z.enum(['IOS', 'ANDROID']).optional(),
};

const namesItsSystem = ({ terminalType, osType }: { terminalType: string; osType?: string | undefined }): boolean =>
  terminalType === 'WEB' || osType !== undefined;

/** An environment that says which system an app or a phone's browser runs on. */
export const withItsSystem = <Env extends z.ZodType<{ terminalType: string; osType?: string | undefined }>>(env: Env) =>
  env.refine(namesItsSystem, { path: ['osType'], message: 'must be IOS or ANDROID unless terminalType is WEB' });
