import fc from 'fast-check';
import { vector } from '../fixtures/vectors.specs.js';
import { parsePublicKey, readSignatureHeader, stringToSign, verifySignature } from './index.js';

const webhook = vector('webhook-notifyPayment-success');
const keys = [parsePublicKey(webhook.publicKeyPem)];
const original = {
  method: 'POST',
  path: webhook.path,
  clientId: webhook.clientId,
  time: webhook.requestTime,
  body: Buffer.from(webhook.body) as Uint8Array,
};
const decoded = (header: string) => readSignatureHeader(header).signature;

const mutated = (bytes: Buffer) =>
  fc
    .record({
      at: fc.nat(bytes.length - 1),
      cut: fc.nat(3),
      put: fc.uint8Array({ maxLength: 3 }),
    })
    .map(({ at, cut, put }) => Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)]));

const mutatedText = (text: string) => mutated(Buffer.from(text)).map((bytes) => bytes.toString('latin1'));

const mutation = fc.oneof(
  mutated(Buffer.from(original.body)).map((body) => ({
    message: { ...original, body },
    header: webhook.signatureHeader,
  })),
  mutatedText(webhook.signatureHeader).map((header) => ({ message: original, header })),
  fc.string({ maxLength: 600 }).map((header) => ({ message: original, header })),
  mutatedText(original.path).map((path) => ({ message: { ...original, path }, header: webhook.signatureHeader })),
  mutatedText(original.time).map((time) => ({ message: { ...original, time }, header: webhook.signatureHeader })),
  mutatedText(original.clientId).map((clientId) => ({
    message: { ...original, clientId },
    header: webhook.signatureHeader,
  })),
);

describe('the verifier', () => {
  it('accepts none of 4,000 changed messages and headers, and never throws', () => {
    let accepted = 0;
    fc.assert(
      fc.property(mutation, ({ message, header }) => {
        const unchanged =
          stringToSign(message).equals(stringToSign(original)) && decoded(header) === decoded(webhook.signatureHeader);
        const verdict = verifySignature(message, header, keys);
        if (verdict.kind === 'valid') accepted += 1;
        return verdict.kind === 'invalid' || unchanged;
      }),
      { numRuns: 4000 },
    );
    // Changes of the key version or the case of an escape leave the signature as it was.
    expect(accepted).toBeLessThan(800);
  });

  it('reads the longest and the most nested headers in no time', () => {
    const started = performance.now();
    for (const header of [
      ',='.repeat(2048),
      'signature='.repeat(409),
      '%'.repeat(4096),
      `signature=${'%2B'.repeat(1361)}`,
    ])
      expect(verifySignature(original, header, keys).kind).toBe('invalid');
    expect(performance.now() - started).toBeLessThan(200);
  });
});
