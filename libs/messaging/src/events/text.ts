import { isUtf8 } from 'node:buffer';

/** Bytes as text, or undefined when they are no UTF-8. */
export const utf8 = (bytes: Buffer): string | undefined => (isUtf8(bytes) ? bytes.toString() : undefined);
