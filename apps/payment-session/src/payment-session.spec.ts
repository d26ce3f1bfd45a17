import { compactDecrypt } from 'jose';
import { baht, key, PaymentSessionService, rupiah } from './fixtures/payment-session.specs.js';

describe('payment-session', () => {
  let service: PaymentSessionService;
  beforeAll(async () => {
    service = await PaymentSessionService.open();
  });
  afterAll(() => service.stop());

  const opened = (orderId: string) => service.published(orderId, 'PaymentSessionCreated');
  const rejected = (orderId: string, paymentSessionId?: string) =>
    service.published(
      orderId,
      'PaymentSessionRejected',
      (data) => paymentSessionId === undefined || data['paymentSessionId'] === paymentSessionId,
    );
  /** Moves time on until the call is tried again, and again. */
  const openedLater = (orderId: string) => service.publishedLater(orderId, 'PaymentSessionCreated');

  it.each([
    ['one bank', 'ORDER_20230803165257496', { bankName: 'Siam Commerical Bank' }],
    ['a kind of bank', 'ORDER_20230803165257496-2', { category: 'BANK_TRANSFER' as const }],
    ['the banks of a country', 'ORDER_20230803165257496-3', { region: 'TH' as const }],
  ])('opens a session at Antom for %s, and encrypts what the app needs', async (_, orderId, bankChoice) => {
    const session = await service.request(orderId, `ps_${orderId}`, { bankChoice });
    const data = await opened(orderId);
    expect(service.types(orderId)).toEqual(['PaymentSessionCreated']);
    expect(data).toMatchObject({ orderId, paymentSessionId: session });
    expect(data).toMatchObject({ order: service.order(), amount: service.order().amount, bankChoice });
    expect(data).not.toHaveProperty('supersedes');
    const sealed = data['encryptedSessionData'] as string;
    const { plaintext } = await compactDecrypt(sealed, key);
    expect(new TextDecoder().decode(plaintext)).toBe(service.sessionAtAntom(session)?.sessionData);
  });

  it('asks again with the same id and the same bytes when Antom does not answer, and opens one session', async () => {
    service.antom.disturb({ fault: 'unavailable', match: 'ps_again', times: 2, when: 'after' });
    await service.request('O-again', 'ps_again');
    await openedLater('O-again');
    expect(service.types('O-again')).toEqual(['PaymentSessionCreated']);
    expect(service.antom.sessions().filter(({ paymentRequestId }) => paymentRequestId === 'ps_again')).toHaveLength(1);
  });

  it('says what Antom refuses', async () => {
    service.antom.disturb({ fault: 'reject', match: 'ps_refused', code: 'RISK_REJECT' });
    await service.request('O-refused', 'ps_refused');
    expect(await rejected('O-refused')).toMatchObject({ stage: 'provider', code: 'RISK_REJECT' });
  });

  it('does not believe a refusal after a call that Antom did not answer', async () => {
    service.antom.disturb({ fault: 'unknown', match: 'ps_doubt' });
    service.antom.disturb({ fault: 'reject', match: 'ps_doubt', code: 'PROCESS_FAIL' });
    await service.request('O-doubt', 'ps_doubt');
    await openedLater('O-doubt');
    expect(service.types('O-doubt')).toEqual(['PaymentSessionCreated']);
  });

  it('abandons an attempt that Antom leaves unanswered until the buyer waits no longer', async () => {
    service.antom.disturb({ fault: 'unavailable', match: 'ps_silent', times: 1_000 });
    await service.request('O-silent', 'ps_silent');
    expect(await service.publishedLater('O-silent', 'PaymentSessionRejected')).toMatchObject({ stage: 'abandoned' });
    await service.openSession('O-silent', 'ps_silent_2');
  });

  it('does not call Antom for a buyer who has stopped waiting', async () => {
    await service.request('O-late', 'ps_late', { notAfter: service.in(-1) });
    expect(await rejected('O-late')).toMatchObject({ stage: 'policy', code: 'too_late' });
    expect(service.types('O-late')).toEqual(['PaymentSessionRejected']);
  });

  it('names the field that Antom would refuse as our callers know it, and does not ask', async () => {
    await service.request('O-odd', 'ps_odd', { redirectUrl: 'myapp://done' });
    expect(await rejected('O-odd')).toMatchObject({
      ...{ stage: 'policy', code: 'invalid_request' },
      message: expect.stringMatching(/^redirectUrl must /) as unknown,
      errors: [{ field: 'redirectUrl', message: expect.stringMatching(/^must /) as unknown }],
    });
  });

  it.each([
    ['less than any bank takes', 'O-little', baht('99'), { region: 'TH' as const }, 'must be at least 1.00 THB'],
    ['more than the bank takes', 'O-much', baht('200000001'), { bankName: 'Bangkok Bank' }, 'at most 2000000.00 THB'],
    ['another currency', 'O-abroad', rupiah('1000000'), { region: 'TH' as const }, 'cannot be paid in IDR'],
  ])('asks Antom for nothing that no bank of the choice can pay: %s', async (_, orderId, amount, bankChoice, words) => {
    const session = await service.request(orderId, `ps_${orderId}`, { amount, bankChoice });
    expect(await rejected(orderId)).toMatchObject({
      ...{ stage: 'policy', code: 'amount_not_payable', paymentSessionId: session },
      message: expect.stringContaining(words) as unknown,
      errors: [{ field: 'order.amount', message: expect.stringContaining(words) as unknown }],
    });
    expect(service.types(orderId)).toEqual(['PaymentSessionRejected']);
    expect(service.calls(session)).toEqual([]);
  });

  it('takes the same order by a bank that takes its amount, as the refusal has said', async () => {
    const amount = baht('200000001');
    await service.request('O-dear', 'ps_dear', { amount, bankChoice: { category: 'MOBILE_BANKING_APP' } });
    expect((await rejected('O-dear'))['message']).toMatch(/choose another bank: Kasikorn Bank$/);
    await service.openSession('O-dear', 'ps_dear_2', { amount, bankChoice: { bankName: 'Kasikorn Bank' } });
  });

  it('starts one attempt of two that are asked for at once, and names it to the other', async () => {
    service.holdAnswer('ps_twice_*');
    await Promise.all([service.request('O-twice', 'ps_twice_a'), service.request('O-twice', 'ps_twice_b')]);
    const { livingPaymentSessionId, code } = await rejected('O-twice');
    expect(code).toBe('attempt_in_progress');
    service.letAnswersGo();
    expect(await opened('O-twice')).toMatchObject({ paymentSessionId: livingPaymentSessionId });
    expect(service.dataOf('O-twice', 'PaymentSessionCreated')).toHaveLength(1);
  });

  it('starts no attempt for an order that is paid', async () => {
    await service.openSession('O-paid', 'ps_paid');
    await service.pay('O-paid', 'ps_paid');
    await service.request('O-paid', 'ps_paid_2');
    expect(await rejected('O-paid')).toMatchObject({ stage: 'policy', code: 'order_paid' });
  });

  it('starts no attempt for an order whose amount has changed', async () => {
    service.antom.disturb({ fault: 'reject', match: 'ps_price', code: 'RISK_REJECT' });
    await service.request('O-price', 'ps_price');
    await rejected('O-price');
    await service.request('O-price', 'ps_price_2', { amount: baht('999') });
    expect(await rejected('O-price', 'ps_price_2')).toMatchObject({ code: 'order_amount_changed' });
  });

  it('keeps the session data out of its own database', async () => {
    const rows = await service.world.rows<{ row: string }>('select attempts::text as row from attempts');
    const secrets = service.antom.sessions().map(({ sessionData }) => sessionData);
    expect(secrets.length).toBeGreaterThan(0);
    expect(rows.filter(({ row }) => secrets.some((secret) => row.includes(secret)))).toEqual([]);
  });
});
