import { randomBytes } from 'node:crypto';
import { parsePublicKeys } from '@kasir/antom';
import { antomVoice, eventually, paymentNotification } from '@kasir/testing';
import { clientId, NotificationBesideAntom, hour, minute, webhookPath } from './fixtures/notification.specs.js';

/** A key of Antom's that is not in the configuration yet. */
const newKey = antomVoice(clientId);
const day = 24 * hour;

describe('the quarantine', () => {
  const keys = parsePublicKeys(antomVoice(clientId).publicKey);
  let service: NotificationBesideAntom;
  beforeAll(async () => {
    service = await NotificationBesideAntom.start({
      QUARANTINE_ROWS: 5,
      QUARANTINE_BYTES: 2_000,
      ANTOM_PUBLIC_KEYS: keys,
    });
  });
  afterAll(() => service.stop());
  afterEach(() => {
    keys.splice(1);
    return service.pass(31 * day);
  });

  const forge = (body: object) => newKey.sign(webhookPath, body, service.time.now().toISOString());
  const rows = () =>
    service.world.rows<{ body: Buffer | null; sha256: Buffer; headers: object }>(
      'select * from quarantine where received_at > $1 order by position',
      [service.after(-day)],
    );

  it('makes us ask about the payment that is named in it, at most once a minute, and believes nothing', async () => {
    await service.announce('O-1', 'ps_1');
    service.antom.disturb({ fault: 'unavailable', times: 'always' });
    for (let n = 0; n < 3; n++) expect(await service.deliver(forge(paymentNotification('ps_1', `pay-${n}`)))).toBe(401);
    await service.quiet();
    expect(asked('ps_1')).toBe(1);
    service.time.advance(minute);
    await service.deliver(forge(paymentNotification('ps_1', 'pay-4')));
    await eventually(() => expect(asked('ps_1')).toBe(2));
    expect(await service.statusOf('ps_1')).toBe('watched');
  });

  it('knows nothing of a payment only because a stranger named it', async () => {
    await service.deliver(forge(paymentNotification('ps_strange', 'pay-1')));
    expect(await service.statusOf('ps_strange')).toBeUndefined();
  });

  it('keeps what names a payment in a way that no database takes', async () => {
    expect(await service.deliver(forge(paymentNotification('ps_\u0000', 'pay-1')))).toBe(401);
    expect(await rows()).toHaveLength(1);
  });

  it('keeps headers and hash of what comes when it is full, and says so among its numbers', async () => {
    for (let n = 0; n < 8; n++) await service.deliver(forge({ n }));
    const kept = await rows();
    expect(kept.map(({ body }) => body !== null)).toEqual([true, true, true, true, true, false, false, false]);
    expect(kept.at(-1)).toMatchObject({ headers: { 'client-id': clientId } });
    expect(kept.at(-1)?.sha256).toHaveLength(32);
    expect(await metric('kasir_quarantine_full')).toBe(1);
    expect(await metric('kasir_quarantined_webhooks')).toBe(5);
  });

  it('is full by bytes as well as by number', async () => {
    await service.deliver(forge({ padding: randomBytes(900).toString('hex') }));
    await service.deliver(forge({ padding: randomBytes(900).toString('hex') }));
    expect((await rows()).map(({ body }) => body !== null)).toEqual([true, false]);
  });

  it('forgets the oldest hashes when a stranger sends more than anybody wants to keep', async () => {
    for (let n = 0; n < 12; n++) await service.deliver(forge({ n }));
    expect(await rows()).toHaveLength(10);
  });

  it('makes room by forgetting what is older than a month', async () => {
    for (let n = 0; n < 6; n++) await service.deliver(forge({ n }));
    await service.pass(31 * day);
    await service.deliver(forge({ late: true }));
    expect(await metric('kasir_quarantine_full')).toBe(0);
    expect((await rows()).map(({ body }) => String(body))).toEqual(['{"late":true}']);
  });

  it('shows an operator why, and no body', async () => {
    await service.deliver(forge({ secret: 'of a buyer' }));
    const [newest] = await service.verb<object[]>('quarantine.list', { limit: 1 });
    expect(newest).toMatchObject({ reason: 'signature does not match', path: webhookPath, bytes: 23 });
    expect(JSON.stringify(newest)).not.toContain('buyer');
  });

  it('gives up what a new key verifies: it goes the way of every webhook', async () => {
    await service.announce('O-2', 'ps_2');
    await service.deliver(forge(paymentNotification('ps_2', 'pay-2')));
    await service.deliver(antomVoice(clientId).sign(webhookPath, { still: 'strange' }));
    expect(await service.verb('quarantine.recheck')).toMatchObject({ verified: 0 });
    keys.push(...parsePublicKeys(newKey.publicKey));
    expect(await service.verb('quarantine.recheck')).toMatchObject({ verified: expect.any(Number) as number });
    await eventually(() => expect(service.said('O-2')).toEqual(['PaymentSucceeded']));
    expect(await rows()).toHaveLength(1);
    expect(await service.world.rows(`select 1 from webhooks where about = 'succeeded ps_2'`)).toHaveLength(1);
  });

  it('hears the others also where one of them cannot be kept, and says which one and why', async () => {
    await service.announce('O-3', 'ps_3');
    await service.deliver(forge(paymentNotification('ps_\u0000', 'pay-0')));
    await service.deliver(forge(paymentNotification('ps_3', 'pay-3')));
    keys.push(...parsePublicKeys(newKey.publicKey));
    const answer = await service.verb<{ failed: object[] }>('quarantine.recheck');
    expect(answer.failed).toEqual([
      { position: expect.any(String) as string, reason: expect.stringContaining('0x00') as string },
    ]);
    await eventually(() => expect(service.said('O-3')).toEqual(['PaymentSucceeded']));
    expect(await rows()).toHaveLength(1);
  });

  const asked = (id: string): number =>
    service.antom.journal().filter((entry) => entry.kind === 'request' && entry.paymentRequestId === id).length;

  const metric = async (name: string): Promise<number> => {
    const text = await (await fetch(`${service.world.service.adminUrl}/metrics`)).text();
    return Number(new RegExp(`^${name}\\{.*\\} (\\d+)$`, 'm').exec(text)?.[1]);
  };
});
