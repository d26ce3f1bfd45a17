import { aSimulator, call, cappuccino, stopSimulators } from './fixtures/merchant.specs.js';
import { aReceiver, stopReceivers } from './fixtures/receiver.specs.js';
import { type JournalEntry } from './index.js';

afterEach(async () => {
  await stopSimulators();
  await stopReceivers();
});

describe('the journal', () => {
  it('has every request, answer, payment and delivery with its verdict, as NDJSON', async () => {
    const logged: JournalEntry[] = [];
    const webhook = await aReceiver();
    const antom = await aSimulator({ log: (entry) => logged.push(entry) });
    const buyer = { referenceBuyerId: 'B-1', buyerEmail: 'somchai@coffee.example' };
    const request = cappuccino({ paymentNotifyUrl: webhook.url });
    const { headers, body } = await call(antom, { ...request, order: { ...request.order, buyer } });
    await call(antom, cappuccino(), { signedBody: '{}' });
    antom.pay('PAY_20230803165257496');
    await antom.idle();
    const response = await fetch(`${antom.url}/_sim/journal`);
    expect(response.headers.get('content-type')).toContain('application/x-ndjson');
    const text = await response.text();
    const entries = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as JournalEntry);
    expect(entries).toEqual(logged);
    expect(entries).toMatchObject([
      { number: 1, kind: 'request', paymentRequestId: 'PAY_20230803165257496', signature: 'valid' },
      { kind: 'answer', http: 200, resultStatus: 'S' },
      { kind: 'request', signature: 'The signature is invalid: signature does not match.' },
      { kind: 'answer', http: 200, resultCode: 'SIGNATURE_INVALID' },
      { kind: 'payment', outcome: 'paid' },
      { kind: 'delivery', delivery: 1, url: webhook.url, verdict: 'acknowledged' },
    ]);
    for (const secret of [String(body['paymentSessionData']), headers.get('signature')!, 'somchai', 'B-1'])
      expect(text).not.toContain(secret);
  });

  it('keeps no id that nobody can have: it is filled by whoever calls', async () => {
    const antom = await aSimulator();
    await call(antom, cappuccino({ paymentRequestId: 'x'.repeat(65) }), { signedBody: '{}' });
    expect(antom.journal()).toHaveLength(2);
    expect(JSON.stringify(antom.journal())).not.toContain('xxx');
  });

  it('is told from a number on, and from nothing else', async () => {
    const antom = await aSimulator();
    await call(antom, cappuccino());
    const after = async (what: string) => {
      const response = await fetch(`${antom.url}/_sim/journal?after=${what}`);
      return [response.status, await response.text()];
    };
    expect(await after('1')).toEqual([200, expect.stringMatching(/^[^\n]*"number":2[^\n]*\n$/)]);
    expect(await after('the%20first')).toEqual([400, expect.stringContaining('after must be')]);
  });
});
