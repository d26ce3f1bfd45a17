import { type FieldError } from '@kasir/platform';

export type ReadKey = { readonly data: string } | { readonly error: FieldError };

/** The header Idempotency-Key, or what is wrong with it. */
export function readKey(text: string | string[] | undefined): ReadKey {
  if (typeof text === 'string' && /^[\x20-\x7e]{1,255}$/.test(text)) return { data: text };
  const message = text === undefined ? 'is required' : 'must be 1 to 255 printable ASCII characters';
  return { error: { field: 'Idempotency-Key', message } };
}
