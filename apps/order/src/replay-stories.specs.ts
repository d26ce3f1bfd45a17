import { orders, payments } from '@kasir/contracts';
import { eventually } from '@kasir/testing';
import { type Lab } from './lab.specs.js';

type Step = () => Promise<unknown>;

/** What happens to an order differs by its number: duplicates, mismatches, failed payments, refunds, closings; in both orders of topics. */
export async function tellStory(lab: Lab, n: number): Promise<void> {
  const orderId = `O-${n}`;
  const steps = n % 7 === 3 ? closed(lab, orderId, n) : inTurn(paid(lab, orderId, n), n);
  for (const step of steps) await step();
}

const inTurn = (steps: Step[], n: number): Step[] => (n % 2 === 0 ? steps : steps.toReversed());

function paid(lab: Lab, orderId: string, n: number): Step[] {
  const [first, second] = [`ps_${n}a`, `ps_${n}b`];
  return [
    succeeded(lab, orderId, first, `pay-${n}a`),
    ...(n % 3 === 0 ? [succeeded(lab, orderId, second, `pay-${n}b`)] : []),
    ...(n % 4 === 0 ? [() => lab.mismatched(orderId, first, `pay-${n}x`)] : []),
    ...(n % 5 === 0 ? [failed(lab, orderId, first, `pay-${n}f`)] : []),
    ...(n % 12 === 0 ? [() => lab.refunded(orderId, second, [`pay-${n}b`, `rf_${n}`, '160'])] : []),
    ...(n % 8 === 1 ? [() => lab.refunded(orderId, first, [`pay-${n}a`, `rf_${n}`, '60'], 'unasked')] : []),
  ];
}

/** The order is sealed and drained; some are paid too late, some between both and some just before. */
function closed(lab: Lab, orderId: string, n: number): Step[] {
  const seal = () => lab.sealed(orderId);
  const drain = () => lab.drained(orderId);
  const pay = () => lab.succeeded(orderId, `ps_${n}a`, `pay-${n}a`);
  if (n % 4 === 0) return [seal, drain, said(lab, orderId, 'OrderClosed'), pay];
  if (n % 4 === 1) return [pay, said(lab, orderId, 'OrderPaid'), seal, drain];
  if (n % 4 === 2) return [seal, isClosing(lab, orderId), pay, said(lab, orderId, 'OrderPaid'), drain];
  return [seal, drain];
}

const said =
  (lab: Lab, orderId: string, type: string): Step =>
  () =>
    eventually(() =>
      expect(lab.world.bus.heard(orders)).toContainEqual(expect.objectContaining({ key: orderId, type })),
    );

const isClosing =
  (lab: Lab, orderId: string): Step =>
  () =>
    eventually(async () => expect(await lab.statusOf(orderId)).toBe('closing'));

/** Delivered twice. */
const succeeded =
  (lab: Lab, ...ids: Parameters<Lab['success']>): Step =>
  async () => {
    const id = await lab.say(payments, 'PaymentSucceeded', lab.success(...ids));
    await lab.say(payments, 'PaymentSucceeded', lab.success(...ids), id);
  };

const failed =
  (lab: Lab, ...ids: Parameters<Lab['payment']>): Step =>
  () =>
    lab.say(payments, 'PaymentFailed', { ...lab.payment(...ids), code: 'RISK_REJECT', message: 'no' });
