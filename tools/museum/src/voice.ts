import { type KeyObject } from 'node:crypto';
import { signedHeader } from '@kasir/antom';
import { type House } from '@kasir/stories';

export const paymentsPath = '/webhooks/antom/payments';
export const refundsPath = '/webhooks/antom/refunds';

interface Manner {
  readonly path?: string;
  /** The path that is signed, where it is another one. */
  readonly signedPath?: string;
  /** The body that is signed, where it is another one. */
  readonly signedBody?: string;
  /** When it was signed; now unless given. */
  readonly at?: Date;
  /** Antom's own unless given. */
  readonly key?: KeyObject;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends the ear a webhook that was signed, by default as Antom signs. @returns the status that it is answered with */
export async function tellTheEar(
  { earUrl, account, clock }: House,
  content: object | string,
  manner: Manner = {},
): Promise<number> {
  const { path = paymentsPath, signedPath = path, at = clock.now(), key = account.antomPrivateKey, headers } = manner;
  const body = typeof content === 'string' ? content : JSON.stringify(content);
  const { clientId } = account;
  const time = at.toISOString();
  const message = { method: 'POST', path: signedPath, clientId, time, body: manner.signedBody ?? body };
  const signature = signedHeader(message, key);
  const signed = { 'client-id': clientId, 'request-time': time, signature, 'content-type': 'application/json' };
  const response = await fetch(earUrl + path, { method: 'POST', body, headers: { ...signed, ...headers } });
  return response.status;
}
