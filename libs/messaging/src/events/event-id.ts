import { createHash } from 'node:crypto';

/** What makes a piece of news the same piece of news, however often it is said. */
export interface Cause {
  readonly source: string;
  readonly type: string;
  readonly identity: string;
}

/** A UUID derived from the cause (RFC 9562, version 8, from SHA-256), so that doing the work again says the same thing. */
export function eventId({ source, type, identity }: Cause): string {
  const bytes = createHash('sha256')
    .update(JSON.stringify([source, type, identity]))
    .digest()
    .subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
