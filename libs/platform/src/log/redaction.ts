import { describeError } from './describe-error.js';
import { shortened } from './scrub.js';

const sensitive =
  /authorization|token|secret|password|passphrase|private_?key|api_?key|session_?data|buyer|cookie|credential/i;
const hidden = '[hidden]';
const deepest = 8;

/** A copy that is safe to write: values under a sensitive name are hidden at every depth, raw bytes counted, long texts cut. */
export function redacted(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return shortened(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > deepest) return '[deeper]';
  if (value instanceof Error) return redactedFields(describeError(value), depth);
  if (value instanceof Uint8Array) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.map((item) => redacted(item, depth + 1));
  if ('toJSON' in value && typeof value.toJSON === 'function') return redacted(value.toJSON(), depth + 1);
  return redactedFields(value, depth);
}

/** Like {@link redacted}, for the fields of one object. */
export function redactedFields(fields: object, depth = 0): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      sensitive.test(name) && value !== undefined ? hidden : redacted(value, depth + 1),
    ]),
  );
}
