/** Headers and bodies made to be slow to read: how long each takes, and how often a key is tried. */
import { performance } from 'node:perf_hooks';
import { verifySignature } from '@kasir/antom';
import { genuine } from './corpus.mjs';
import { verifications } from './verification-count.mjs';

const [{ keys, header, ...message }] = genuine;

const headers = {
  'commas and equal signs': (size) => ',='.repeat(size / 2),
  'the same part again and again': (size) => 'signature='.repeat(size / 10),
  'escapes that escape nothing': (size) => `signature=${'%'.repeat(size - 10)}`,
  'escaped plus signs': (size) => `signature=${'%2B'.repeat((size - 10) / 3)}`,
  'blanks and commas': (size) => ' ,'.repeat(size / 2),
  'Base64 without end': (size) => `signature=${'A'.repeat(size - 10)}`,
};
const sizes = [1_024, 2_048, 4_096, 65_536, 1_048_576];
const tries = 20;

export function slowPaths() {
  return [
    ...Object.entries(headers).flatMap(([name, make]) =>
      sizes.map((size) => measure(`header of ${name}`, size, () => verifySignature(message, make(size), keys))),
    ),
    ...sizes.map((size) => {
      const body = Buffer.alloc(size, '{"a":');
      return measure('body that nests without end', size, () => verifySignature({ ...message, body }, header, keys));
    }),
  ];
}

/** The best of several tries: a busy machine only adds. */
function measure(what, bytes, verify) {
  let best = Infinity;
  const before = verifications();
  for (let run = 0; run < tries; run += 1) {
    const began = performance.now();
    verify();
    best = Math.min(best, (performance.now() - began) * 1000);
  }
  return { what, bytes, microseconds: Math.round(best * 10) / 10, keysTried: (verifications() - before) / tries };
}
