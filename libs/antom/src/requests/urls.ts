import { z } from 'zod';

const isLoopback = ({ hostname }: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);

const url = (max: number, accept: (url: URL, value: string) => boolean, message: string) =>
  z
    .string()
    .max(max)
    .refine((value) => {
      const parsed = URL.parse(value);
      return parsed !== null && accept(parsed, value);
    }, message);

/** Where the shopper comes back to. Banks open it in a browser, so it is a web page and no app scheme. */
export const RedirectUrl = url(
  2048,
  (parsed) =>
    (parsed.protocol === 'https:' || (parsed.protocol === 'http:' && isLoopback(parsed))) &&
    parsed.username === '' &&
    parsed.password === '' &&
    parsed.hash === '',
  'must be an https address without a user, a password and a fragment',
);

/** Where Antom sends its news. Antom's own code disagrees on whether a query is signed, so there is none. */
export const notifyUrl = (max: number) =>
  url(
    max,
    ({ protocol, username, password }, value) =>
      ['https:', 'http:'].includes(protocol) && username === '' && password === '' && !/[?#]/.test(value),
    'must be an http or https address without a user, a password, a query and a fragment',
  );

/** What a return address carries beside its path, when it carries more than the one value. */
export function foreignQuery(address: string, value: string): string | undefined {
  const carried = [...(URL.parse(address)?.searchParams ?? [])];
  const foreign = carried.find(([, each]) => each !== value) ?? carried[1];
  return foreign?.[0];
}
