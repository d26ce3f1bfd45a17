const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);

/** Why the bank must not send a shopper to this URL, or undefined when it may. */
export function returnUrlProblem(text: string): string | undefined {
  if (!URL.canParse(text)) return 'must be a URL';
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback(hostname)))
    return 'must begin with https://, or with http:// on the loopback address';
  if (username !== '' || password !== '') return 'must not carry a user or a password';
  if (search !== '' || hash !== '') return 'must have no query and no fragment: only the payment session id comes back';
  return undefined;
}

/** Where the bank sends the shopper: the session's id is all that it carries, so nothing in it is worth stealing. */
export function returnUrl(base: string, paymentSessionId: string): string {
  const url = new URL(base);
  url.searchParams.set('paymentSessionId', paymentSessionId);
  return url.href;
}
