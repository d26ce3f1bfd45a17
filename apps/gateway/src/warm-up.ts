import { randomUUID } from 'node:crypto';
import { orders, payments, paymentSessions } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { type Rehearsed, samplePayment, type WarmUp } from '@kasir/service';
import { CompactEncrypt, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { type GatewayConfig } from './config.js';
import { tokenVerifier, type VerifyToken } from './inbound/checkout-token.js';

interface Surroundings {
  readonly clock: Clock;
  readonly isRehearsing: () => boolean;
}

/** One payment session from its request to its success, asked for with tokens of a shop that exists only here. */
export class GatewayWarmUp {
  #verify: VerifyToken | undefined;

  constructor(
    private readonly config: GatewayConfig,
    private readonly surroundings: Surroundings,
  ) {}

  /** Believes the tokens of the warm-up inside of a rehearsal, and nowhere else. */
  readonly verifying =
    (verifyToken: VerifyToken): VerifyToken =>
    (authorization) =>
      (this.surroundings.isRehearsing() && this.#verify ? this.#verify : verifyToken)(authorization);

  async prepare(): Promise<WarmUp> {
    const { clock } = this.surroundings;
    const { CHECKOUT_TOKEN_AUDIENCE: audience, CHECKOUT_TOKEN_LEEWAY: leewayMs } = this.config;
    const alg = algorithmOf(this.config.CHECKOUT_JWKS.keys[0]?.kty);
    const { publicKey, privateKey } = await generateKeyPair(alg);
    const jwks = { keys: [{ ...(await exportJWK(publicKey)), alg, kty: kindOf[alg] }] };
    this.#verify = tokenVerifier({ jwks, audience, leewayMs }, clock);
    const encryptedSessionData = await new CompactEncrypt(new TextEncoder().encode('session data'.repeat(100)))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .encrypt(this.config.SESSION_DATA_KEY);
    const sign = (claims: object): Promise<string> =>
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg })
        .setAudience(audience)
        .setIssuedAt(clock.now())
        .setExpirationTime(new Date(clock.now().getTime() + 60_000))
        .sign(privateKey);
    return { run: (rehearsed) => run(rehearsed, { sign, encryptedSessionData, now: clock.now() }) };
  }
}

const kindOf = { RS256: 'RSA', ES256: 'EC', EdDSA: 'OKP' } as const;
type Algorithm = keyof typeof kindOf;
const algorithmOf = (kind: unknown): Algorithm =>
  (Object.keys(kindOf) as Algorithm[]).find((alg) => kindOf[alg] === kind) ?? 'ES256';

interface Tools {
  readonly sign: (claims: object) => Promise<string>;
  readonly encryptedSessionData: string;
  readonly now: Date;
}

async function run({ apply, request }: Rehearsed, { sign, encryptedSessionData, now }: Tools): Promise<void> {
  const orderId = `warm-up-${randomUUID()}`;
  const { order, bankChoice, terminal, redirectUrl } = samplePayment({ now, orderId }).requested.data;
  const { amount, description } = order;
  const authorization = `Bearer ${await sign({ order: { id: orderId, amount, description }, redirectUrl })}`;
  const url = '/v1/payment-sessions';
  const expecting = async (status: number, ask: Promise<{ statusCode: number; body: string }>) => {
    const { statusCode, body } = await ask;
    if (statusCode !== status)
      throw new Error(`the gateway answered its warm-up with ${statusCode} instead of ${status}`);
    return JSON.parse(body) as { id: string };
  };
  const post = () =>
    request({
      method: 'POST',
      url,
      headers: { authorization, 'idempotency-key': orderId, prefer: 'wait=0', 'user-agent': 'warm-up' },
      payload: { bankChoice, terminal },
    });
  const { id } = await expecting(202, post());
  const show = () => expecting(200, request({ url: `${url}/${id}`, headers: { authorization } }));
  const events = samplePayment({ now, orderId, paymentSessionId: id, encryptedSessionData });
  await apply(paymentSessions, events.created);
  await expecting(201, post());
  await show();
  await apply(payments, events.succeeded);
  await apply(orders, events.paid);
  await show();
}
