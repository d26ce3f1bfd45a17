import fc from 'fast-check';
import { vector } from '../fixtures/vectors.specs.js';
import {
  parsePrivateKey,
  parsePublicKey,
  readSignatureHeader,
  signedHeader,
  stringToSign,
  verifySignature,
} from './index.js';

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

const dotted = {
  ...original,
  body: Buffer.from('{"url":"https://www.coffee.example/1.html","v":"1.0"}') as Uint8Array,
};
const dottedHeader = signedHeader(dotted, parsePrivateKey(webhook.privateKeyPem));

/** The same signed bytes, cut into client id, time and body at other dots. */
const recut = fc.tuple(fc.nat(), fc.nat()).map(([a, b]) => {
  const joined = `${dotted.clientId}.${dotted.time}.${Buffer.from(dotted.body).toString()}`;
  const dots = [...joined.matchAll(/\./g)].map(({ index }) => index);
  const first = a % (dots.length - 1);
  const second = first + 1 + (b % (dots.length - 1 - first));
  const [i = 0, j = 0] = [dots[first], dots[second]];
  const message = {
    ...dotted,
    clientId: joined.slice(0, i),
    time: joined.slice(i + 1, j),
    body: Buffer.from(joined.slice(j + 1)) as Uint8Array,
  };
  return { message, header: dottedHeader };
});

const sameMessage = (a: typeof original, b: typeof original) =>
  stringToSign(a).equals(stringToSign(b)) && Buffer.from(a.body).equals(Buffer.from(b.body)) && a.time === b.time;
const trueHeaders = [webhook.signatureHeader, dottedHeader].map(decoded);

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
      fc.property(fc.oneof(mutation, recut), ({ message, header }) => {
        const unchanged =
          [original, dotted].some((each) => sameMessage(message, each)) && trueHeaders.includes(decoded(header));
        const verdict = verifySignature(message, header, keys);
        if (verdict.kind === 'valid') accepted += 1;
        return verdict.kind === 'invalid' || unchanged;
      }),
      { numRuns: 4000 },
    );
    // Changes of the key version or the case of an escape leave the signature as it was.
    expect(accepted).toBeLessThan(1200);
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
