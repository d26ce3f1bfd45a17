import { payments, paymentSessions } from '@kasir/contracts';
import { baht, endsAt, expiresAt, type Lab, paidAt } from './lab.specs.js';

type Step = () => Promise<unknown>;

/** What happens to an order differs by its number: doubles, mismatches, failed tries, refunds, closings; topics overtake each other. */
export async function tellStory(lab: Lab, n: number): Promise<void> {
  const orderId = `O-${n}`;
  const steps = n % 7 === 3 ? closed(lab, orderId, n) : paid(lab, orderId, n);
  for (const step of n % 2 === 0 ? steps : steps.toReversed()) await step();
}

function paid(lab: Lab, orderId: string, n: number): Step[] {
  const [first, second] = [`ps_${n}a`, `ps_${n}b`];
  return [
    twice((id) => lab.say(paymentSessions, 'PaymentAttemptStarted', attempt(orderId, first), id)),
    twice((id) => lab.say(payments, 'PaymentSucceeded', success(lab, orderId, first, `pay-${n}a`), id)),
    ...(n % 3 === 0
      ? [
          twice((id) => lab.say(payments, 'PaymentSucceeded', success(lab, orderId, second, `pay-${n}b`), id)),
          twice((id) => lab.say(paymentSessions, 'PaymentAttemptStarted', attempt(orderId, second), id)),
        ]
      : []),
    ...(n % 4 === 0 ? [mismatch(lab, orderId, first, `pay-${n}x`)] : []),
    ...(n % 5 === 0 ? [failure(lab, orderId, first, `pay-${n}f`)] : []),
    ...(n % 12 === 0 ? [() => lab.refunded(orderId, second, [`pay-${n}b`, `rf_${n}`, '160'])] : []),
    ...(n % 8 === 1 ? [() => lab.refunded(orderId, first, [`pay-${n}a`, `rf_${n}`, '60'], 'unasked')] : []),
  ];
}

/** Nobody pays in time; every other time somebody pays too late. */
const closed = (lab: Lab, orderId: string, n: number): Step[] => [
  () => lab.started(orderId, `ps_${n}a`),
  () => lab.sealed(orderId, [`ps_${n}a`]),
  () => lab.expired(orderId, `ps_${n}a`),
  ...(n % 4 < 2 ? [() => lab.succeeded(orderId, `ps_${n}a`, `pay-${n}a`)] : []),
];

const twice =
  (say: (id?: string) => Promise<string>): Step =>
  async () =>
    say(await say());

const attempt = (orderId: string, id: string) => ({
  orderId,
  paymentSessionId: id,
  paymentRequestId: id,
  order: { amount: baht('160'), description: 'Cappuccino', expiresAt },
  amount: baht('160'),
  bankChoice: { region: 'TH' as const },
  endsAt,
});

const success = (lab: Lab, ...ids: Parameters<Lab['payment']>) => ({
  ...lab.payment(...ids),
  amount: baht('160'),
  paidAt,
});

const mismatch =
  (lab: Lab, ...ids: Parameters<Lab['payment']>): Step =>
  () =>
    lab.say(payments, 'PaymentMismatched', { ...lab.payment(...ids), expected: baht('160'), received: baht('16') });

const failure =
  (lab: Lab, ...ids: Parameters<Lab['payment']>): Step =>
  () =>
    lab.say(payments, 'PaymentFailed', { ...lab.payment(...ids), code: 'RISK_REJECT', message: 'no' });
