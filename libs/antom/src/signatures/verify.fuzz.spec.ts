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

/** Another cut between the parts of the message, so that the signed bytes stay as they are. */
const shifted = fc.nat(webhook.body.length).map((at) => ({
  message: {
    ...original,
    time: `${original.time}.${webhook.body.slice(0, at)}`,
    body: Buffer.from(webhook.body.slice(at)),
  },
  header: webhook.signatureHeader,
}));

const sameMessage = (a: typeof original, b: typeof original) =>
  stringToSign(a).equals(stringToSign(b)) && Buffer.from(a.body).equals(Buffer.from(b.body)) && a.time === b.time;

/** Trusted keys that count how often one of them is tried. */
function countedKeys() {
  const tried = { times: 0 };
  const counting = new Proxy(keys, {
    get: (target, name) => {
      if (name === '0') tried.times += 1;
      return Reflect.get(target, name) as unknown;
    },
  });
  return { tried, counting };
}

describe('the verifier', () => {
  it('accepts none of 4,000 changed messages and headers, and never throws', () => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.oneof(mutation, shifted), ({ message, header }) => {
        const unchanged = sameMessage(message, original) && decoded(header) === decoded(webhook.signatureHeader);
        const verdict = verifySignature(message, header, keys);
        if (verdict.kind === 'valid') accepted += 1;
        return verdict.kind === 'invalid' || unchanged;
      }),
      { numRuns: 4000 },
    );
    // Changes of the key version or the case of an escape leave the signature as it was.
    expect(accepted).toBeLessThan(800);
  });

  it.each([
    ['nothing but marks', ',='.repeat(2048)],
    ['a signature in a signature', 'signature='.repeat(409)],
    ['escapes that escape nothing', `signature=${'%'.repeat(4000)}`],
    ['only plus signs', `signature=${'%2B'.repeat(1361)}`],
    ['a megabyte', `signature=${'A'.repeat(1_000_000)}`],
  ])('tries no key on a header of %s', (_, header) => {
    const { tried, counting } = countedKeys();
    expect(verifySignature(original, header, counting).kind).toBe('invalid');
    expect(tried.times).toBe(0);
  });

  it('tries each key once, however long the body is', () => {
    const { tried, counting } = countedKeys();
    const message = { ...original, body: Buffer.alloc(1_000_000, '{') };
    expect(verifySignature(message, webhook.signatureHeader, counting).kind).toBe('invalid');
    expect(tried.times).toBe(1);
  });
});
