import { randomUUID } from 'node:crypto';
import { type orders, type payments, type paymentSessions, type sessionRequests } from '@kasir/contracts';
import { type Sample } from '@kasir/messaging';

type Of<Topic, Type extends string> = Extract<Topic, { readonly type: Type }>;

/** The events of one payment of 160 baht. Its ids are its own, so that no other transaction waits for its rows. */
export interface SamplePayment {
  readonly orderId: string;
  readonly paymentSessionId: string;
  readonly paymentId: string;
  readonly requested: Of<Sample<typeof sessionRequests>, 'PaymentSessionRequested'>;
  readonly created: Of<Sample<typeof paymentSessions>, 'PaymentSessionCreated'>;
  readonly succeeded: Of<Sample<typeof payments>, 'PaymentSucceeded'>;
  readonly paid: Of<Sample<typeof orders>, 'OrderPaid'>;
}

interface Options {
  readonly now: Date;
  readonly prefix?: string;
  readonly paymentSessionId?: string;
  readonly orderId?: string;
  readonly encryptedSessionData?: string;
}

const description = 'Two bags of coffee';
const amount = { value: '16000', currency: 'THB' };
const bankChoice = { bankName: 'Kasikorn Bank' };

export function samplePayment({
  now,
  prefix = 'ps_',
  encryptedSessionData = 'sealed',
  ...ids
}: Options): SamplePayment {
  const id = randomUUID();
  const { orderId = `warm-up-${id}`, paymentSessionId = prefix + id } = ids;
  const paymentId = id.replaceAll('-', '');
  const inMinutes = (minutes: number): string => new Date(now.getTime() + minutes * 60_000).toISOString();
  const order = { amount, description, expiresAt: inMinutes(60) };
  const attempt = { orderId, paymentSessionId };
  const payment = { ...attempt, paymentId, amount, paidAt: now.toISOString() };
  const facts = { order, amount, bankChoice, sessionExpiresAt: inMinutes(30), endsAt: inMinutes(49) };
  return {
    ...attempt,
    paymentId,
    requested: {
      type: 'PaymentSessionRequested',
      data: { ...attempt, order, amount, ...shopping, notAfter: inMinutes(1) },
    },
    created: {
      type: 'PaymentSessionCreated',
      data: { ...attempt, ...facts, encryptedSessionData },
    },
    succeeded: { type: 'PaymentSucceeded', data: { ...payment, order } },
    paid: { type: 'OrderPaid', data: { ...payment, description } },
  };
}

const shopping = {
  bankChoice,
  terminal: { type: 'WEB' as const },
  clientIp: '203.0.113.7',
  userAgent: 'Mozilla/5.0',
  redirectUrl: 'https://shop.example/thank-you',
};
