import { generateKeyPairSync } from 'node:crypto';
import { Problem, sessionRequests } from '@kasir/contracts';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { cappuccino, get, type Harness, openHarness, post, type Reply, reply, siamBank, thb } from './harness.specs.js';

describe('the gateway refuses', () => {
  let harness: Harness;
  let url: string;
  let rsa: { publicKey: CryptoKey; privateKey: CryptoKey };
  let twin: { publicKey: CryptoKey; privateKey: CryptoKey };

  beforeAll(async () => {
    [rsa, twin] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('ES256')]);
    const key = async (publicKey: CryptoKey, kid: string) => ({ ...(await exportJWK(publicKey)), kid });
    harness = await openHarness({
      jwks: async (shop) => [...shop, await key(rsa.publicKey, 'shop-rsa'), await key(twin.publicKey, 'shop-2')],
    });
    url = harness.gateway.url;
  });
  afterAll(() => harness.stop());

  const fields = ({ body }: Reply) => body.errors?.map(({ field }) => field).sort();
  const isProblem = ({ status, headers, body }: Reply) => {
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(Problem.parse(body)).toMatchObject({ status });
  };

  describe('a body', () => {
    let order = 0;
    const posted = async (body: unknown, headers = {}) => {
      const token = await harness.shop.sign(cappuccino(`BODY_${++order}`));
      const answer = await post(url, { token, body, headers });
      isProblem(answer);
      return answer;
    };

    it.each([
      ['that is no JSON', '{"bankChoice":', ['body']],
      ['that is empty', '', ['body']],
      ['that is a list', '[]', ['body']],
      ['that is null', 'null', ['body']],
      ['with __proto__', '{"__proto__":{"a":1}}', ['body']],
      ['with an unknown field', { ...siamBank, amount: thb('1') }, ['amount']],
      [
        'with unknown fields at every depth',
        { bankChoice: { bankName: 'x', code: 1 }, terminal: { type: 'WEB', browser: 'x' }, a: 1, b: 2 },
        ['a', 'b', 'bankChoice.code', 'terminal.browser'],
      ],
      ['with unknown and wrong fields', { ...siamBank, terminal: { type: 'TV' }, a: 1 }, ['a', 'terminal.type']],
    ])('%s as not understood', async (_, body, expected) => {
      const answer = await posted(body);
      expect([answer.status, answer.body['code']]).toEqual([400, 'malformed_request']);
      expect(fields(answer)).toEqual(expected);
    });

    it.each([
      ['without a bank', { terminal: { type: 'WEB' } }, ['bankChoice']],
      ['with nothing in it', {}, ['bankChoice', 'terminal']],
      ['with two choices', { ...siamBank, bankChoice: { bankName: 'x', region: 'TH' } }, ['bankChoice']],
      ['with an unknown region', { ...siamBank, bankChoice: { region: 'FR' } }, ['bankChoice.region']],
      ['with a number for a name', { ...siamBank, bankChoice: { bankName: 7 } }, ['bankChoice.bankName']],
      ['with control characters', { ...siamBank, bankChoice: { bankName: 'a\u0000b' } }, ['bankChoice.bankName']],
      ['of an app without its system', { ...siamBank, terminal: { type: 'APP' } }, ['terminal.os']],
    ])('%s as wrong', async (_, body, expected) => {
      const answer = await posted(body);
      expect([answer.status, answer.body['code']]).toEqual([422, 'invalid_request']);
      expect(fields(answer)).toEqual(expected);
    });

    it('with words that say how to mend it', async () => {
      const { body } = await posted({ bankChoice: 5, terminal: { type: 'TV' } });
      expect(body.errors).toEqual([
        { field: 'bankChoice', message: 'must be an object' },
        { field: 'terminal.type', message: 'must be WEB or WAP or APP' },
      ]);
    });

    it.each([
      ['bankChoice.bankName', 'must not be empty', { ...siamBank, bankChoice: { bankName: '' } }],
      [
        'bankChoice.bankName',
        'must have at most 64 characters',
        { ...siamBank, bankChoice: { bankName: 'x'.repeat(65) } },
      ],
    ])('with words of ours, not of a library: %s %s', async (field, message, body) => {
      expect((await posted(body)).body.errors).toEqual([{ field, message }]);
    });

    it('that is too large, and says how much is not', async () => {
      const answer = await posted({ ...siamBank, padding: 'x'.repeat(33_000) });
      expect([answer.status, answer.body.errors]).toEqual([
        413,
        [{ field: 'body', message: 'must be at most 32768 bytes' }],
      ]);
    });

    it.each([['text/plain'], ['application/x-www-form-urlencoded'], ['multipart/form-data; boundary=x']])(
      'of type %s, and says which one is taken',
      async (type) => {
        const answer = await posted(siamBank, { 'content-type': type });
        expect([answer.status, answer.body.errors]).toEqual([
          415,
          [{ field: 'Content-Type', message: 'must be application/json' }],
        ]);
      },
    );

    it.each([
      ['256 letters', 'x'.repeat(256)],
      ['letters beyond ASCII', 'k\u00e9y'],
      ['nothing', ''],
    ])('under a key that has %s', async (_, key) => {
      const answer = await posted(siamBank, { 'idempotency-key': key });
      expect([answer.status, fields(answer)]).toEqual([400, ['Idempotency-Key']]);
    });

    it('without a key, and names the body’s faults as well', async () => {
      const token = await harness.shop.sign(cappuccino('NO_KEY'));
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const answer = await reply(
        await fetch(`${url}/v1/payment-sessions`, { method: 'POST', headers, body: '{"a":1}' }),
      );
      isProblem(answer);
      expect([answer.status, fields(answer)]).toEqual([400, ['Idempotency-Key', 'a', 'bankChoice', 'terminal']]);
    });
  });

  describe('an order', () => {
    const order = cappuccino('PRICED').order;
    it.each([
      ['of nothing', { order: { ...order, amount: thb('0') } }, 422, ['token.order.amount.value']],
      ['of a fraction', { order: { ...order, amount: thb('1.60') } }, 422, ['token.order.amount.value']],
      ['below nothing', { order: { ...order, amount: thb('-5') } }, 422, ['token.order.amount.value']],
      [
        'of a number',
        { order: { ...order, amount: { value: 160, currency: 'THB' } } },
        422,
        ['token.order.amount.value'],
      ],
      [
        'of rupiah with a rest',
        { order: { ...order, amount: { value: '1050', currency: 'IDR' } } },
        422,
        ['token.order.amount.value'],
      ],
      [
        'in no currency',
        { order: { ...order, amount: { value: '160', currency: 'QQQ' } } },
        422,
        ['token.order.amount.currency'],
      ],
      ['with a payment of nothing', { order, payment: { amount: thb('0') } }, 422, ['token.payment.amount.value']],
      ['with an impossible id', { order: { ...order, id: 'a b' } }, 422, ['token.order.id']],
      ['that ends at no time', { order: { ...order, expiresAt: 'tomorrow' } }, 422, ['token.order.expiresAt']],
      [
        'that ends after all time',
        { order: { ...order, expiresAt: '9999-12-31T23:59:59-12:00' } },
        422,
        ['token.order.expiresAt'],
      ],
      ['that says nothing', { order: { id: 'PRICED' } }, 422, ['token.order.amount', 'token.order.description']],
      ['with an unknown field', { order: { ...order, price: '160' } }, 400, ['token.order.price']],
      ['that returns over plain http', { order, redirectUrl: 'http://shop.example/' }, 422, ['token.redirectUrl']],
      ['that returns into an app', { order, redirectUrl: 'coffee://paid' }, 422, ['token.redirectUrl']],
      ['that returns with a query', { order, redirectUrl: 'https://shop.example/?o=1' }, 422, ['token.redirectUrl']],
    ])('%s', async (_, claims, status, expected) => {
      const answer = await post(url, { token: await harness.shop.sign(claims as never) });
      isProblem(answer);
      expect([answer.status, fields(answer)]).toEqual([status, expected]);
    });

    it('and a body together, in one answer', async () => {
      const token = await harness.shop.sign({ order: { ...order, amount: thb('0') } });
      const answer = await post(url, { token, body: { ...siamBank, bankChoice: {} } });
      expect([answer.status, fields(answer)]).toEqual([422, ['bankChoice', 'token.order.amount.value']]);
    });

    it('without repeating what the buyer is called', async () => {
      const claims = { ...cappuccino('BUYER'), buyer: { name: 'Somchai\u0001', email: 'x'.repeat(70) } };
      const answer = await post(url, { token: await harness.shop.sign(claims) });
      expect(fields(answer)).toEqual(['token.buyer.email', 'token.buyer.name']);
      expect(answer.text).not.toMatch(/Somchai|xxx/);
    });
  });

  describe('a token', () => {
    const minutes = (count: number) => Math.floor(Date.now() / 1000) + count * 60;
    const jwt = (claims: object = {}) =>
      new SignJWT({ ...cappuccino('TOKEN'), aud: 'kasir', exp: minutes(5), ...claims });
    const sign = (claims: object, key: CryptoKey | Uint8Array = twin.privateKey, header: object = {}) =>
      jwt(claims)
        .setProtectedHeader({ alg: 'ES256', kid: 'shop-2', ...header })
        .sign(key);
    const refused = async (token: string) => {
      const answers = [
        await post(url, { token }),
        await get(url, '/v1/payment-sessions/ps_1', token),
        await get(url, '/v1/orders/TOKEN', token),
      ];
      for (const answer of answers) {
        isProblem(answer);
        expect(answer.status).toBe(401);
        expect(answer.headers.get('www-authenticate')).toMatch(
          /^Bearer error="invalid_token", error_description="[^"]+"$/,
        );
        expect(answer.body).toEqual(answers[0]?.body);
      }
      return answers[0]!.body;
    };

    it('that is not there', async () => {
      const answer = await reply(await fetch(`${url}/v1/payment-sessions/ps_1`));
      isProblem(answer);
      expect([answer.status, answer.body['code']]).toEqual([401, 'token_missing']);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      const basic = await reply(await fetch(`${url}/v1/orders/A`, { headers: { authorization: 'Basic YTpi' } }));
      expect(basic.body['code']).toBe('token_missing');
    });

    it('that has expired, also just now', async () => {
      expect((await refused(await sign({ exp: minutes(-1) })))['code']).toBe('token_expired');
    });

    it.each([
      ['exp', { exp: undefined }],
      ['aud', { aud: undefined }],
      ['order', { order: undefined }],
      ['order.id', { order: { amount: thb('160') } }],
    ])('without %s, and names it', async (claim, claims) => {
      const body = await refused(await sign(claims));
      expect(body).toMatchObject({ code: 'token_claim_missing', detail: `the token has no claim ${claim}` });
    });

    it.each([
      ['for another audience', 'token_audience_wrong', () => sign({ aud: 'others' })],
      ['that is not valid yet', 'token_not_yet_valid', () => sign({ nbf: minutes(5) })],
      ['with an order that is none', 'token_claim_missing', () => sign({ order: 'ORDER_1' })],
      ['with an order that is null', 'token_claim_missing', () => sign({ order: null })],
      ['signed at no time', 'token_claim_wrong', () => sign({ iat: 'now' })],
      ['of an unknown key', 'token_key_unknown', () => sign({}, twin.privateKey, { kid: 'shop-9' })],
      ['that could be of several keys', 'token_key_ambiguous', () => sign({}, twin.privateKey, { kid: undefined })],
      [
        'of somebody who took a known name',
        'token_signature_wrong',
        async () => sign({}, (await generateKeyPair('ES256')).privateKey),
      ],
      [
        'that nobody signed',
        'token_algorithm_refused',
        () => Promise.resolve(new UnsecuredJWT({ ...cappuccino('TOKEN') }).encode()),
      ],
      ['that is no JWT', 'token_malformed', () => Promise.resolve('abc.def')],
      ['that is one word', 'token_malformed', () => Promise.resolve('secret')],
    ])('%s', async (_, code, token) => {
      expect((await refused(await token()))['code']).toBe(code);
    });

    it('that was signed with the public key as a shared secret', async () => {
      const { x, y } = await exportJWK(twin.publicKey);
      const secret = new TextEncoder().encode(`${x}${y}`);
      const body = await refused(await jwt().setProtectedHeader({ alg: 'HS256', kid: 'shop-2' }).sign(secret));
      expect(body['code']).toBe('token_algorithm_refused');
    });

    it('whose claims were changed after signing', async () => {
      const [header, , signature] = (await sign({})).split('.');
      const claims = { ...cappuccino('TOKEN', { payment: { amount: thb('1') } }), aud: 'kasir', exp: minutes(5) };
      const forged = [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
      expect((await refused(forged))['code']).toBe('token_signature_wrong');
    });

    it('but not one of RSA, nor one without a kid where only one key fits', async () => {
      const rs256 = await jwt().setProtectedHeader({ alg: 'RS256' }).sign(rsa.privateKey);
      expect((await post(url, { token: rs256 })).status).toBe(202);
      const ps256 = await jwt()
        .setProtectedHeader({ alg: 'PS256', kid: 'shop-rsa' })
        .sign(await rsaPssKey());
      expect((await post(url, { token: ps256 })).body['code']).toBe('token_signature_wrong');
    });

    it('but not a token whose shop’s clock is off by a moment', async () => {
      expect((await post(url, { token: await sign({ nbf: Math.floor(Date.now() / 1000) + 3 }) })).status).toBe(202);
    });
  });

  describe('what is not there', () => {
    it.each([['/'], ['/v1/payments'], ['/v1/orders'], ['/v1/payment-sessions/a/b']])('%s', async (path) => {
      const answer = await get(url, path, 'x');
      isProblem(answer);
      expect([answer.status, answer.body['detail']]).toEqual([404, expect.stringContaining('check the path')]);
    });

    it('an address that nobody can read', async () => {
      const answer = await get(url, '/v1/orders/%ZZ', 'x');
      isProblem(answer);
      expect([answer.status, fields(answer)]).toEqual([400, ['url']]);
    });
  });

  it('and of everything refused nothing is written and nothing is said', async () => {
    const orders = await harness.rows<{ order_id: string }>('select distinct order_id from payment_sessions');
    expect(orders.map(({ order_id }) => order_id)).toEqual(['TOKEN']);
    expect(await harness.rows('select id from orders')).toEqual([{ id: 'TOKEN' }]);
    const heard = await harness.bus.expectHeard(sessionRequests, 'PaymentSessionRequested', 2);
    expect(heard.map(({ key }) => key)).toEqual(['TOKEN', 'TOKEN']);
  });
});

/** A key that the shop never announced. */
async function rsaPssKey(): Promise<CryptoKey> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const der = privateKey.export({ type: 'pkcs8', format: 'der' });
  return crypto.subtle.importKey('pkcs8', der, { name: 'RSA-PSS', hash: 'SHA-256' }, false, ['sign']);
}
