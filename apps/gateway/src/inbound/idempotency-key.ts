import { type Read } from './field-errors.js';

/** The header Idempotency-Key, or what is wrong with it. */
export function readKey(text: string | string[] | undefined): Read<string> {
  if (typeof text === 'string' && /^[\x20-\x7e]{1,255}$/.test(text)) return { data: text };
  const message = text === undefined ? 'is required' : 'must be 1 to 255 printable ASCII characters';
  return { complaints: { unknown: [{ field: 'Idempotency-Key', message }], wrong: [] } };
}
