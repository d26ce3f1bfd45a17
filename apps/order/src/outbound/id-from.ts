import { createHash } from 'node:crypto';

/** 43 letters, digits, `-` and `_`. */
export const idFrom = (text: string): string => createHash('sha256').update(text).digest('base64url');
