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
