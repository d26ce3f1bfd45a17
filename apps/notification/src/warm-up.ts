import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { signedHeader } from '@kasir/antom';
import { paymentSessions } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { type Rehearsed, samplePayment, type SamplePayment, type WarmUp } from '@kasir/service';
import { type WebhookGroups } from './application/webhook-groups.js';
import { type ReadWebhook } from './application/webhook-ports.js';
import { type OwnConfig } from './config.js';
import { webhookReader } from './inbound/webhook-reader.js';

interface Surroundings {
  readonly clock: Clock;
  readonly isRehearsing: () => boolean;
}

const path = '/webhooks/antom/payments';

/** One attempt that is announced and succeeds, as a webhook says whose signature is believed only here. */
export class NotificationWarmUp {
  #read: ReadWebhook | undefined;

  constructor(
    private readonly config: OwnConfig,
    private readonly surroundings: Surroundings,
  ) {}

  /** Believes the webhooks of the warm-up inside of a rehearsal, and nowhere else. */
  readonly reading =
    (read: ReadWebhook): ReadWebhook =>
    (webhook) =>
      (this.surroundings.isRehearsing() && this.#read ? this.#read : read)(webhook);

  /** A group belongs to the transaction of one rehearsal. */
  grouping(make: () => WebhookGroups): Pick<WebhookGroups, 'add'> {
    const groups = make();
    return { add: (webhook) => (this.surroundings.isRehearsing() ? make() : groups).add(webhook) };
  }

  async prepare(): Promise<WarmUp> {
    const { ANTOM_CLIENT_ID: clientId, PAYMENT_SESSION_PREFIX: prefix } = this.config;
    const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
    this.#read = webhookReader({ clientId, publicKeys: [publicKey] });
    return {
      run: async (rehearsed) => {
        const now = this.surroundings.clock.now();
        const payment = samplePayment({ now, prefix });
        await rehearsed.apply(paymentSessions, payment.created);
        await deliver(rehearsed, this.signed(bodyOf(payment, now), String(now.getTime()), privateKey));
      },
    };
  }

  private signed(body: string, time: string, key: KeyObject) {
    const { ANTOM_CLIENT_ID: clientId, WEBHOOK_PATH_PREFIX: cutOff } = this.config;
    const signature = signedHeader({ method: 'POST', path: cutOff + path, clientId, time, body }, key);
    return { body, headers: { 'client-id': clientId, 'request-time': time, signature } };
  }
}

const bodyOf = ({ paymentSessionId, paymentId, succeeded }: SamplePayment, now: Date): string =>
  JSON.stringify({
    notifyType: 'PAYMENT_RESULT',
    result: { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: 'success.' },
    paymentRequestId: paymentSessionId,
    paymentId,
    paymentAmount: succeeded.data.amount,
    paymentCreateTime: now.toISOString(),
    paymentTime: now.toISOString(),
  });

async function deliver(
  { request }: Rehearsed,
  { body, headers }: { body: string; headers: Record<string, string> },
): Promise<void> {
  const { statusCode } = await request({
    ...{ method: 'POST', url: path, payload: body },
    headers: { ...headers, 'content-type': 'application/json; charset=UTF-8' },
  });
  if (statusCode !== 200) throw new Error(`notification answered its warm-up with ${statusCode}`);
}
