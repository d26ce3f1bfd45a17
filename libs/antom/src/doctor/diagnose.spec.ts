import { generateKeyPairSync } from 'node:crypto';
import { vector } from '../fixtures/vectors.specs.js';
import { parsePrivateKey, parsePublicKey, signedHeader } from '../signatures/index.js';
import { type Expectation, type SuspectCall } from './case.js';
import { diagnose } from './diagnose.js';

const paid = vector('webhook-notifyPayment-success');
const refunded = vector('webhook-notifyRefund-success');
const merchant = vector('request-cancel-sandbox');
const antomKey = { name: 'antom', key: parsePublicKey(paid.publicKeyPem) };
const expected: Expectation = { clientId: paid.clientId, publicKeys: [antomKey] };

const callOf = ({ method, path, clientId, requestTime, signatureHeader, body }: typeof paid): SuspectCall => ({
  method,
  url: path,
  headers: { 'Client-Id': clientId, 'Request-Time': requestTime, Signature: signatureHeader },
  rawBody: Buffer.from(body),
});
const good = callOf(paid);

/** Signed as Antom would sign it, then seen by us with something changed on the way. */
function seen(
  signed: { path?: string; body?: string; clientId?: string; time?: string; method?: string },
  changed: { url?: string; rawBody?: string; method?: string; headers?: Record<string, string | undefined> } = {},
): SuspectCall {
  const { path, body, clientId, requestTime: time } = paid;
  const message = { method: 'POST', path, body, clientId, time, ...signed };
  const signature = signedHeader(message, parsePrivateKey(paid.privateKeyPem));
  return {
    method: changed.method ?? 'POST',
    url: changed.url ?? message.path,
    headers: { 'client-id': message.clientId, 'request-time': message.time, signature, ...changed.headers },
    rawBody: Buffer.from(changed.rawBody ?? message.body),
  };
}
const causes = (call: SuspectCall, more: Partial<Expectation> = {}) => {
  const { kind, findings } = diagnose(call, { ...expected, ...more });
  return [kind, ...findings.map(({ cause }) => cause)];
};
const details = (call: SuspectCall, more: Partial<Expectation> = {}) =>
  diagnose(call, { ...expected, ...more })
    .findings.map(({ detail }) => detail)
    .join('; ');

describe('a good signature', () => {
  it.each(['webhook-notifyPayment-success', 'webhook-notifyRefund-success', 'edge-webhook-header-with-spaces'])(
    'needs no doctor: %s',
    (name) => {
      expect(diagnose(callOf(vector(name)), expected)).toEqual({ kind: 'valid', key: 'antom', findings: [] });
    },
  );

  it('that is not URL-encoded is good here, with a warning that others may refuse it', () => {
    const raw = vector('ambiguous-webhook-raw-base64-not-url-encoded');
    expect(causes(callOf(raw))).toEqual(['valid', 'not URL-encoded']);
  });

  it('is found at the end of a whole URL too', () => {
    expect(causes({ ...good, url: `http://10.0.0.7:3000${paid.path}` })).toEqual(['valid']);
  });
});

describe('the path', () => {
  it('has lost a prefix to a proxy, which we were told of', () => {
    const call = seen({ path: '/pay/webhooks/antom/payments' }, { url: '/webhooks/antom/payments' });
    expect(causes(call, { prefixes: ['/shop', '/pay'] })).toEqual(['explained', 'path prefix cut off']);
    expect(details(call, { prefixes: ['/pay/'] })).toBe(
      'signed was /pay/webhooks/antom/payments, we see /webhooks/antom/payments: /pay is cut off',
    );
  });

  it.each([
    ['our public address', { publicUrl: 'https://coffee.example/pay/webhooks' }, {}],
    ['what the proxy noted', {}, { 'x-original-uri': '/pay/webhooks' }],
    ['the prefix that the proxy noted', {}, { 'x-forwarded-prefix': '/pay' }],
  ])('has lost a prefix, as %s shows', (_, more, headers) => {
    expect(causes(seen({ path: '/pay/webhooks' }, { url: '/webhooks', headers }), more)).toEqual([
      'explained',
      'path prefix cut off',
    ]);
  });

  it('has got a prefix from a proxy', () => {
    expect(causes(seen({ path: '/webhooks/antom' }, { url: '/internal/v2/webhooks/antom' }))).toEqual([
      'explained',
      'path prefix added',
    ]);
  });

  it.each([
    ['a slash more', '/webhooks/antom/', '/webhooks/antom'],
    ['escapes decoded', '/webhooks/caf%C3%A9', '/webhooks/café'],
    ['another name', '/webhooks/antom', '/hooks'],
  ])('has %s', (_, path, url) => {
    expect(causes(seen({ path }, { url }), { publicUrl: `https://coffee.example${path}` })[0]).toBe('explained');
  });

  it.each([
    ['which was not signed', '/webhooks', '/webhooks?shop=1', {}],
    [
      'which was signed and is lost',
      '/webhooks?shop=1',
      '/webhooks',
      { publicUrl: 'https://c.example/webhooks?shop=1' },
    ],
  ])('carries a query %s', (_, path, url, more) => {
    expect(causes(seen({ path }, { url }), more)).toEqual(['explained', 'query']);
  });

  it('has lost its prefix and its query', () => {
    const publicUrl = 'https://coffee.example/pay/webhooks?shop=1';
    expect(causes(seen({ path: '/pay/webhooks?shop=1' }, { url: '/webhooks' }), { publicUrl })).toEqual([
      'explained',
      'path prefix cut off',
      'query',
    ]);
  });

  it('was called with another method', () => {
    expect(causes(seen({}, { method: 'PUT' }))).toEqual(['explained', 'other method']);
  });
});

describe('the body', () => {
  const value = JSON.parse(paid.body) as Record<string, unknown>;
  const pretty = JSON.stringify(value, null, 2);
  const thai = JSON.stringify({ ...value, orderDescription: 'กาแฟ', url: 'https://c.example/' });

  it.each([
    ['compact, signed indented', pretty, JSON.stringify(value)],
    ['indented, signed compact', paid.body, pretty],
    ['compact, signed as Python prints', '{"a": 1, "b": ["x", {"c": null}]}', '{"a":1,"b":["x",{"c":null}]}'],
    [
      'with letters decoded, signed escaped',
      thai.replace(/[^\0-\x7f]/g, (u) => `\\u${u.charCodeAt(0).toString(16).padStart(4, '0')}`),
      thai,
    ],
    ['with slashes decoded, signed escaped', thai.replaceAll('/', '\\/'), thai],
    ['in another order, signed sorted', '{"a":"1","b":"2"}', '{"b":"2","a":"1"}'],
    ['without its last line end', `${pretty}\n`, pretty],
    ['with a line end more', paid.body, `${paid.body}\n`],
    ['with Windows line ends', pretty, pretty.replaceAll('\n', '\r\n')],
    ['with a byte order mark', paid.body, `\ufeff${paid.body}`],
    ['as Latin-1 in UTF-8', thai, Buffer.from(thai).toString('latin1')],
  ])('arrives %s', (_, body, rawBody) => {
    expect(causes(seen({ body }, { rawBody }))).toEqual(['explained', 'body re-serialised']);
  });

  it('shows the first byte that differs', () => {
    expect(details(seen({ body: '{"a": "1"}' }, { rawBody: '{"a":"1"}' }))).toBe(
      'signed was the body printed anew (blanks after commas and colons); ' +
        'they part at byte 5: we see "{\\"a\\":\\"1\\"}", signed was "{\\"a\\": \\"1\\"}"',
    );
  });

  it('is compared with the sent one, where somebody caught it', () => {
    const body = '{ "b":"2",\n"a":"1" }';
    const call = seen({ body }, { rawBody: '{"b":"2","a":"1"}' });
    expect(causes(call)).toEqual(['unexplained']);
    expect(causes(call, { sentBody: Buffer.from(body) })).toEqual(['explained', 'body re-serialised']);
  });

  it('is another one: negative-webhook-tampered-amount', () => {
    const tampered = callOf(vector('negative-webhook-tampered-amount'));
    const blind = diagnose(tampered, expected);
    expect(blind).toMatchObject({ kind: 'unexplained', summary: expect.stringContaining('antom made the signature') });
    expect(causes(tampered, { sentBody: Buffer.from(paid.body) })).toEqual(['explained', 'body changed']);
    expect(details(tampered, { sentBody: Buffer.from(paid.body) })).toMatch(
      /^they part at byte \d+: we see .*, signed was/,
    );
  });

  it('is cut short', () => {
    const sentBody = Buffer.from(paid.body);
    expect(details({ ...good, rawBody: sentBody.subarray(0, 100) }, { sentBody })).toContain(
      'they part at byte 100: we see the end',
    );
  });
});

describe('the sender', () => {
  it('signed for another merchant: negative-webhook-wrong-client-id', () => {
    const call = callOf(vector('negative-webhook-wrong-client-id'));
    expect(causes(call)).toEqual(['explained', 'other client id']);
    expect(causes(call, { clientId: `${paid.clientId}X`, otherClientIds: [paid.clientId] })).toEqual([
      'explained',
      'other client id',
    ]);
  });

  it('is right, but means another merchant than us', () => {
    expect(causes(good, { clientId: 'TEST_5X' })).toEqual(['explained', 'other client id']);
  });

  it('is of the sandbox where we are in production', () => {
    expect(causes(seen({ clientId: 'SANDBOX_5X' }), { clientId: '5X' })).toEqual(['explained', 'environment mixed up']);
  });

  it('is of production where we are in the sandbox, by key and client id', () => {
    const trusted = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
    const mixed = { clientId: 'SANDBOX_5X', publicKeys: [{ name: 'sandbox', key: trusted }] };
    expect(causes(good, { ...mixed, otherKeys: [{ ...antomKey, name: 'production' }] })).toEqual([
      'explained',
      'environment mixed up',
    ]);
  });

  it.each([
    ['the time of another header', { 'request-time': '1767225600123', 'response-time': paid.requestTime }],
    ['a time that was rewritten in milliseconds', { 'request-time': String(Date.parse(paid.requestTime)) }],
    ['a time that was rewritten in another zone', { 'request-time': '2026-01-01T00:00:10Z' }],
  ])('signed %s', (_, headers) => {
    expect(causes(seen({}, { headers }))).toEqual(['explained', 'wrong time header']);
  });

  it.each([
    [
      'no time',
      { 'request-time': undefined, 'response-time': paid.requestTime },
      ['explained', 'missing header', 'wrong time header'],
    ],
    ['no time at all', { 'request-time': undefined }, ['unexplained', 'missing header']],
    ['no client id', { 'client-id': undefined }, ['explained', 'missing header', 'other client id']],
    ['no signature', { signature: undefined }, ['unexplained', 'missing header']],
  ])('sent %s', (_, headers, diagnosis) => {
    expect(causes(seen({}, { headers }))).toEqual(diagnosis);
  });
});

describe('the key', () => {
  const wrongKey = vector('negative-webhook-wrong-public-key');
  const trustedWrongly = { publicKeys: [{ name: 'configured', key: parsePublicKey(wrongKey.publicKeyPem) }] };

  it('is another one: negative-webhook-wrong-public-key', () => {
    expect(causes(callOf(wrongKey), trustedWrongly)).toEqual(['unexplained', 'other key']);
    expect(details(callOf(wrongKey), trustedWrongly)).toContain('keyVersion=1');
    expect(causes(callOf(wrongKey), { ...trustedWrongly, otherKeys: [{ ...antomKey, name: 'version 2' }] })).toEqual([
      'explained',
      'other key',
    ]);
  });

  it('is ours, where Antom’s should be', () => {
    const ownPublicKey = parsePublicKey(merchant.publicKeyPem);
    const own = { publicKeys: [{ name: 'configured', key: ownPublicKey }], ownPublicKey };
    expect(causes(callOf(refunded), own)).toEqual(['unexplained', 'other key', 'own key trusted']);
  });

  it('is another one, and the body is re-serialised too', () => {
    const body = JSON.stringify(JSON.parse(wrongKey.body), null, 2);
    const call = { ...callOf(wrongKey), rawBody: Buffer.from(body) };
    expect(causes(call, { ...trustedWrongly, otherKeys: [antomKey] })).toEqual([
      'explained',
      'other key',
      'body re-serialised',
    ]);
  });

  it('is nowhere', () => {
    expect(causes(good, { publicKeys: [] })).toEqual(['unexplained', 'other key']);
  });
});

describe('the header', () => {
  const withSignature = (signature: string) => ({ ...good, headers: { ...good.headers, Signature: signature } });
  const { signatureHeader: header } = paid;
  const base64 = decodeURIComponent(header.split('signature=')[1]!);

  it('lacks its signature: negative-webhook-signature-segment-missing', () => {
    const call = callOf(vector('negative-webhook-signature-segment-missing'));
    expect(causes(call)).toEqual(['unexplained', 'missing segment']);
    expect(details(call)).toContain('it has algorithm, keyVersion');
  });

  it.each([
    ['two signatures', `${header},signature=AAAA`, ['unexplained', 'missing segment']],
    ['no Base64', 'signature=%%%', ['unexplained', 'header decoded wrongly']],
    [
      'blanks for plus signs',
      `signature=${base64.replaceAll('+', ' ')}`,
      ['explained', 'not URL-encoded', 'header decoded wrongly'],
    ],
    [
      'two encodings',
      `signature=${encodeURIComponent(encodeURIComponent(base64))}`,
      ['explained', 'header decoded wrongly'],
    ],
    [
      'the alphabet of URLs',
      `signature=${Buffer.from(base64, 'base64').toString('base64url')}`,
      ['explained', 'header decoded wrongly'],
    ],
    [
      'no padding',
      `signature=${encodeURIComponent(base64.replace(/=+$/, ''))}`,
      ['explained', 'header decoded wrongly'],
    ],
    ['another algorithm', header.replace('RSA256', 'HMAC'), ['explained', 'other algorithm']],
    ['somebody else’s signature', `signature=${'A'.repeat(342)}==`, ['unexplained', 'other key']],
  ])('has %s', (_, signature, diagnosis) => {
    expect(causes(withSignature(signature))).toEqual(expect.arrayContaining(diagnosis));
    expect(causes(withSignature(signature))[0]).toBe(diagnosis[0]);
  });
});

describe('the search', () => {
  it('ends however odd the call is', () => {
    const headers = Object.fromEntries(
      ['x-original-uri', 'x-original-url', 'x-forwarded-uri', 'x-rewrite-url'].map((name) => [
        name,
        `/${name}?a=${name}`,
      ]),
    );
    const call = seen({ body: 'signed' }, { rawBody: paid.body, url: `/a${'/b'.repeat(200)}`, headers });
    const diagnosis = diagnose(call, { ...expected, otherClientIds: Array.from({ length: 50 }, (_, n) => `C${n}`) });
    expect(diagnosis).toMatchObject({ kind: 'unexplained', tried: 100_000 });
  });
});
