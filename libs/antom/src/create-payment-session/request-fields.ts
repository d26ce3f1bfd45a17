import { isIP } from 'node:net';
import { moneyProblem } from '@kasir/kernel';
import { z } from 'zod';

const longestUrl = 2048;

/** An id of ours. Antom warns of letters outside ASCII in ids: some banks break on them. */
export const id = z.string().regex(/^[\x21-\x7e]{1,64}$/, 'must be 1 to 64 printable ASCII characters without blanks');

export const text = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}]*$/u, 'must not contain control characters');

export const currency = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as "THB"');

export const Amount = z.strictObject({ currency: z.string(), value: z.string() }).superRefine((money, context) => {
  const problem = moneyProblem(money);
  if (problem !== undefined) context.addIssue({ code: 'custom', path: [problem.field], message: problem.message });
});

export const ipAddress = z.string().refine((address) => isIP(address) !== 0, 'must be an IPv4 or IPv6 address');

const isLoopback = ({ hostname }: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);

const url = (accept: (url: URL) => boolean, message: string) =>
  z
    .string()
    .max(longestUrl)
    .refine((value) => {
      const parsed = URL.parse(value);
      return parsed !== null && accept(parsed);
    }, message);

/** Where the shopper comes back to. Banks open it in a browser, so it is a web page and no app scheme. */
export const RedirectUrl = url(
  (parsed) => parsed.protocol === 'https:' || (parsed.protocol === 'http:' && isLoopback(parsed)),
  'must be an https address',
);

/** Where Antom sends its news. Antom's own code disagrees on whether a query is signed, so there is none. */
export const NotifyUrl = url(
  ({ protocol, search, hash }) => ['https:', 'http:'].includes(protocol) && search === '' && hash === '',
  'must be an http or https address without query and fragment',
);
