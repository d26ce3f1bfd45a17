import { type DataOf, type OrderEvent, orders, sessionRequests } from '@kasir/contracts';
import { app, baht, Mouth, online } from './fixtures/mouth.specs.js';

type Resolved = DataOf<OrderEvent, 'OrderAttentionResolved'>;

describe('a sealed order is drained', () => {
  let mouth: Mouth;
  beforeAll(async () => {
    mouth = await Mouth.open();
  });
  afterAll(() => mouth.close());

  const close = async (orderId: string): Promise<void> => {
    await mouth.world.bus.say(sessionRequests, 'OrderCloseRequested', {
      orderId,
      reason: 'sold out',
      requestedBy: 'shop',
    });
    await mouth.heard(orderId, 'OrderSealed');
  };
  const names = (orderId: string, id: string) => ({ orderId, paymentSessionId: id, paymentRequestId: id });
  const drained = (orderId: string) => mouth.dataOf(orderId, 'OrderDrained');
  const resolve = async (orderId: string, change: Pick<Resolved, 'kind' | 'resolution'> & Partial<Resolved>) => {
    const paymentSessionId = `ps_${orderId}`;
    await mouth.world.bus.say(orders, 'OrderAttentionResolved', {
      ...{ orderId, caseId: `${change.kind}/${paymentSessionId}/`, paymentSessionId, paymentId: '' },
      ...{ openCases: 0, reason: 'looked at', by: 'mika', resolvedAt: mouth.in(0), ...change },
    });
    await mouth.world.bus.expectDrained('payment-session', [orders]);
  };

  it('at once where it has no attempt, or only such as never reached a buyer', async () => {
    await close('D-none');
    await mouth.heard('D-none', 'OrderDrained');
    mouth.antom.disturb({ fault: 'reject', match: 'ps_D-refused', code: 'RISK_REJECT' });
    await mouth.request('D-refused', 'ps_D-refused');
    await mouth.heard('D-refused', 'PaymentSessionRejected');
    await close('D-refused');
    await mouth.heard('D-refused', 'OrderDrained');
  });

  it('with the end of the last of its attempts, and once', async () => {
    await mouth.openSession('D-two', 'ps_D-two', { bankChoice: app });
    await mouth.openSession('D-two', 'ps_D-two_2', { bankChoice: online });
    await close('D-two');
    await mouth.ear('PaymentExpired', names('D-two', 'ps_D-two_2'));
    expect(drained('D-two')).toEqual([]);
    await mouth.ear('PaymentCancelled', names('D-two', 'ps_D-two'));
    await mouth.heard('D-two', 'OrderDrained');
    await mouth.ear('PaymentCancelled', names('D-two', 'ps_D-two_2'));
    await mouth.ear('PaymentExpired', names('D-two', 'ps_D-two'));
    await close('D-two');
    await mouth.world.bus.expectDrained('payment-session', [sessionRequests]);
    expect(drained('D-two')).toHaveLength(1);
  });

  it('by an abandoned attempt only when an inquiry has ended it', async () => {
    mouth.holdAnswer('ps_D-opening');
    await mouth.request('D-opening', 'ps_D-opening');
    await mouth.asked('ps_D-opening');
    await close('D-opening');
    mouth.letAnswersGo();
    expect(drained('D-opening')).toEqual([]);
    await mouth.ear('PaymentExpired', names('D-opening', 'ps_D-opening'));
    await mouth.heard('D-opening', 'OrderDrained');
  });

  it('never where it was paid after all', async () => {
    await mouth.openSession('D-paid', 'ps_D-paid', { bankChoice: app });
    await mouth.openSession('D-paid', 'ps_D-paid_2', { bankChoice: online });
    await close('D-paid');
    await mouth.pay('D-paid', 'ps_D-paid_2');
    await mouth.ear('PaymentExpired', names('D-paid', 'ps_D-paid'));
    expect(drained('D-paid')).toEqual([]);
  });

  it('by a person who says that an unanswered attempt ended unpaid', async () => {
    await mouth.openSession('D-mute', 'ps_D-mute', { bankChoice: app });
    await close('D-mute');
    await resolve('D-mute', { kind: 'no-answer', resolution: 'accepted' });
    expect(drained('D-mute')).toEqual([]);
    await resolve('D-mute', { kind: 'no-answer', resolution: 'ended-unpaid' });
    await mouth.heard('D-mute', 'OrderDrained');
    expect(await mouth.statusOf('ps_D-mute')).toBe('expired');
  });

  it('by a person who has looked at all money of another amount, whatever the word', async () => {
    await mouth.openSession('D-other', 'ps_D-other');
    for (const paymentId of ['1', '2'])
      await mouth.ear('PaymentMismatched', {
        ...{ ...names('D-other', 'ps_D-other'), paymentId },
        ...{ expected: baht('160'), received: baht('16') },
      });
    await close('D-other');
    await resolve('D-other', { kind: 'amount-mismatch', resolution: 'accepted', paymentId: '1', openCases: 1 });
    expect(drained('D-other')).toEqual([]);
    await resolve('D-other', { kind: 'amount-mismatch', resolution: 'refunded-offline', paymentId: '2' });
    await mouth.heard('D-other', 'OrderDrained');
  });
});
