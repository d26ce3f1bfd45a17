/** What a signature covers, in every direction: our request, Antom's answer to it, Antom's notification. */
export interface SignedMessage {
  readonly method: string;
  /** The path as the receiver sees it, with its query if there is one. An answer carries the path of its request. */
  readonly path: string;
  readonly clientId: string;
  /** `request-time`, or `response-time` of an answer, exactly as sent. */
  readonly time: string;
  /** The body exactly as sent: never parsed and printed again. */
  readonly body: string | Uint8Array;
}

/** The bytes that are signed: `METHOD path`, a line feed, then `clientId.time.body`. Source: Antom, digital signature. */
export const stringToSign = ({ method, path, clientId, time, body }: SignedMessage): Buffer =>
  Buffer.concat([
    Buffer.from(`${method} ${path}\n${clientId}.${time}.`, 'utf8'),
    typeof body === 'string' ? Buffer.from(body, 'utf8') : body,
  ]);

/**
 * What is signed has no marks that occur nowhere else: cut at another dot or line end, another message has the same
 * bytes. So none of the parts before the body may look like a piece of a body.
 */
export const isAmbiguous = ({ method, path, clientId, time }: SignedMessage): boolean =>
  !/^[A-Za-z]{1,16}$/.test(method) ||
  /\s/.test(path) ||
  !/^[^\s{}"]{1,128}$/.test(clientId) ||
  !/^[0-9A-Za-z:+. -]{1,64}$/.test(time);
