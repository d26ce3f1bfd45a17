import { generateKeyPairSync } from 'node:crypto';
import { vector } from '../fixtures/vectors.specs.js';
import { parsePrivateKey, parsePublicKey, signedHeader, verifySignature } from './index.js';

const webhook = vector('webhook-notifyPayment-success');
const message = {
  method: 'POST',
  path: webhook.path,
  clientId: webhook.clientId,
  time: webhook.requestTime,
  body: webhook.body,
};
const antom = parsePublicKey(webhook.publicKeyPem);
const verdictOn = (header: string | undefined, changed: Partial<typeof message> = {}) =>
  verifySignature({ ...message, ...changed }, header, [antom]);

describe('a signature', () => {
  it('is accepted with lower-case escapes', () => {
    const header = webhook.signatureHeader.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());
    expect(header).not.toBe(webhook.signatureHeader);
    expect(verdictOn(header).kind).toBe('valid');
  });

  it('tells the version of its key', () => {
    const header = webhook.signatureHeader.replace('keyVersion=1', 'keyVersion=7');
    expect(verdictOn(header)).toEqual({ kind: 'valid', keyVersion: '7' });
    expect(verdictOn(header.replace('keyVersion=7,', ''))).toEqual({ kind: 'valid' });
  });

  it('covers the query of the path, when there is one', () => {
    const withQuery = { ...message, path: `${message.path}?shop=1` };
    const header = signedHeader(withQuery, parsePrivateKey(webhook.privateKeyPem));
    expect(verifySignature(withQuery, header, [antom]).kind).toBe('valid');
    expect(verdictOn(header)).toMatchObject({ reason: 'signature does not match' });
  });

  it.each([
    ['another path', { path: '/payments' }],
    ['another method', { method: 'PUT' }],
    ['another time', { time: '2026-01-01T00:00:10Z' }],
    ['a body that was parsed and printed again', { body: JSON.stringify(JSON.parse(webhook.body), null, 1) }],
    ['a body with a line end more', { body: `${webhook.body}\n` }],
    ['an empty body', { body: '' }],
  ])('is refused for %s', (_, changed) => {
    expect(verdictOn(webhook.signatureHeader, changed)).toMatchObject({ reason: 'signature does not match' });
  });

  it.each([
    ['no header', undefined, 'header missing'],
    ['an empty header', '', 'header missing'],
    ['a header without end', `signature=${'A'.repeat(5000)}`, 'header too long'],
    ['another algorithm', webhook.signatureHeader.replace('RSA256', 'HS256'), 'other algorithm'],
    ['an empty signature', 'algorithm=RSA256,keyVersion=1,signature=', 'no signature in the header'],
    ['two signatures', `${webhook.signatureHeader},signature=AAAA`, 'no signature in the header'],
    ['blanks where plus signs were', webhook.signatureHeader.replaceAll('%2B', ' '), 'signature is not Base64'],
    ['half an escape', webhook.signatureHeader.replace('%3D%3D', '%3'), 'signature is not Base64'],
    ['letters of another alphabet', 'signature=__--', 'signature is not Base64'],
    ['too few bytes', 'signature=AAAA', 'signature does not match'],
  ])('is refused with %s, and says so', (_, header, reason) => {
    expect(verdictOn(header)).toMatchObject({ kind: 'invalid', reason });
  });

  it.each([
    ['the head of the body in the time', { time: `${message.time}.${message.body.slice(0, 40)}`, body: '' }],
    ['a line end in the path', { path: `${message.path}\n` }],
    ['a blank in the method', { method: 'POST /' }],
    ['a time without end', { time: '1'.repeat(65) }],
    ['no time', { time: '' }],
  ])('is refused for %s, because another message would have the same bytes', (_, changed) => {
    expect(verdictOn(webhook.signatureHeader, changed)).toMatchObject({ reason: 'ambiguous message' });
  });

  it('is accepted by the old and the new key while keys are changed over', () => {
    const next = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const both = [next.publicKey, antom];
    expect(verifySignature(message, webhook.signatureHeader, both).kind).toBe('valid');
    expect(verifySignature(message, signedHeader(message, next.privateKey, '2'), both)).toEqual({
      kind: 'valid',
      keyVersion: '2',
    });
    expect(verifySignature(message, webhook.signatureHeader, [next.publicKey])).toMatchObject({ kind: 'invalid' });
    expect(verifySignature(message, webhook.signatureHeader, [])).toMatchObject({ kind: 'invalid' });
  });
});
