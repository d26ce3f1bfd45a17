import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { caseResolutions } from '@kasir/contracts';
import { startUnderTest, type UnderTest } from '@kasir/testing';
import { run } from '../../run.js';
import { commands } from '../table.js';
import { asked, paperOrder } from './paper-order.specs.js';

const found = {
  caseId: 'duplicate-payment/ps_1/pay-2',
  kind: 'duplicate-payment',
  status: 'open',
  orderId: 'O-1',
  paymentSessionId: 'ps_1',
  paymentId: 'pay-2',
  evidence: { kept: 'ps_0 pay-1' },
  since: '2026-11-01T00:00:00.000Z',
  due: '2026-11-02T00:00:00.000Z',
  owner: 'mika',
  resolution: null,
};
const history = [{ at: '2026-11-01T01:00:00.000Z', action: 'owned', by: 'mika', reason: 'mine', owner: 'mika' }];
const difference = {
  finding: 'amount-differs',
  ours: '160 THB',
  theirs: '150 THB',
  caseId: 'settlement-difference/ps_1/pay-1/amount-differs',
  opened: true,
  line: 2,
  orderId: 'O-1',
  paymentSessionId: 'ps_1',
  paymentId: 'pay-1',
};
const answers = {
  'cases.list': [found],
  'cases.show': { ...found, history },
  'cases.own': found,
  'cases.resolve': found,
  reconcile: { compared: 1, differences: [difference] },
  inquire: { paymentSessionId: 'ps_1', orderId: 'O-1', believed: 'succeeded', refunds: [] },
  'reconcile.missing': { differences: [{ ...difference, line: undefined, finding: 'missing-in-file', opened: false }] },
};

let world: UnderTest;
let folder: string;
let said: string[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kasir-cases-'));
  world = await startUnderTest(paperOrder(answers), { listenTo: [] });
});
afterAll(async () => {
  await world.stop();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  said = [];
  asked.length = 0;
});

const kasir = (...args: string[]) => kasirIn({}, ...args);
const kasirIn = (env: Record<string, string>, ...args: string[]) =>
  run(args, commands, {
    env: {
      ...env,
      KASIR_FOLDER: folder,
      KASIR_ORDER_ADMIN_URL: world.service.adminUrl,
      KASIR_OPERATOR_TOKEN: world.config.OPERATOR_TOKEN ?? '',
    },
    say: (text) => said.push(text),
  });
const fileWith = (text: string) => {
  const file = join(folder, 'settlement.csv');
  writeFileSync(file, text);
  return file;
};
const head = 'kind,paymentSessionId,paymentId,refundRequestId,amount,currency';

describe('kasir cases', () => {
  it('lists what needs a person, with owner and due time', async () => {
    expect(await kasir('cases', 'list', '--kind', 'duplicate-payment', '--order', 'O-1', '--limit', '3')).toBe(0);
    expect(asked).toEqual([{ verb: 'cases.list', input: { kind: 'duplicate-payment', orderId: 'O-1', limit: 3 } }]);
    expect(said[0]).toMatch(/2026-11-02T00:00:00.000Z +duplicate-payment +O-1 +mika +duplicate-payment\/ps_1\/pay-2$/m);
  });

  it('shows one with its evidence and its history', async () => {
    expect(await kasir('cases', 'show', found.caseId)).toBe(0);
    expect(said[0]).toMatch(/evidence: kept +ps_0 pay-1$/m);
    expect(said[0]).toMatch(/owned mika +2026-11-01T01:00:00.000Z by mika: mine$/m);
  });

  it('gives one to somebody, or to whoever asks', async () => {
    expect(await kasir('cases', 'own', found.caseId, '--owner', 'somchai', '--by', 'mika')).toBe(0);
    expect(await kasir('cases', 'own', found.caseId, '--by', 'mika', '--reason', 'mine')).toBe(0);
    const { caseId } = found;
    expect(asked.map(({ input }) => input)).toEqual([
      { caseId, owner: 'somchai', by: 'mika', reason: 'takes it' },
      { caseId, owner: 'mika', by: 'mika', reason: 'mine' },
    ]);
  });

  it('resolves one with a word and a reason, and nothing less', async () => {
    const decision = ['--resolution', 'refunded-outside', '--reason', 'receipt 4711', '--by', 'mika'];
    const transfer = ['--amount', '16000 THB', '--reference', 'KBANK 4711'];
    expect(await kasir('cases', 'resolve', found.caseId, ...decision, ...transfer)).toBe(0);
    expect(await kasir('cases', 'resolve', found.caseId, ...decision, '--amount', '160')).toBe(2);
    expect(await kasir('cases', 'resolve', found.caseId, ...decision.slice(2))).toBe(2);
    expect(await kasir('cases', 'resolve', found.caseId, ...decision.slice(0, 2))).toBe(2);
    expect(asked).toEqual([
      {
        verb: 'cases.resolve',
        input: {
          ...{ caseId: found.caseId, resolution: 'refunded-outside', reason: 'receipt 4711', by: 'mika' },
          ...{ amount: { value: '16000', currency: 'THB' }, reference: 'KBANK 4711' },
        },
      },
    ]);
  });
});

it('kasir cases resolve --help says every word that a case can be resolved with', async () => {
  expect(await kasir('cases', 'resolve', '--help')).toBe(0);
  for (const word of Object.keys(caseResolutions)) expect(said[0]).toMatch(new RegExp(`\\b${word}\\b`));
});

describe('kasir reconcile', () => {
  it('sends the rows of a file in pieces, asks what is missing, and says what differs', async () => {
    const rows = Array.from({ length: 201 }, (_, n) => `payment,ps_${n},pay-${n},,160,THB`);
    const file = fileWith([head, ...rows].join('\n'));
    expect(await kasir('reconcile', '--file', file, '--from', '2026-11-01', '--to', '2026-11-08')).toBe(1);
    const inputs = asked.map(({ input }) => input as { rows?: unknown[]; from?: string; file: string });
    expect(inputs.map((each) => each.rows?.length)).toEqual([200, 1, undefined]);
    expect(inputs[2]).toEqual({
      file: 'settlement.csv',
      from: '2026-11-01T00:00:00.000Z',
      to: '2026-11-08T00:00:00.000Z',
    });
    expect(said[0]).toContain('201 rows compared, 0 of other kinds skipped, 3 differences');
    expect(said[0]).toMatch(/^2 +amount-differs +160 THB +150 THB +O-1 +settlement-difference\S+$/m);
    expect(said[0]).toMatch(/missing-in-file.*\(known\)$/m);
  });

  it('has Antom asked once about each attempt of ours that differs, as the third witness', async () => {
    const env = { KASIR_NOTIFICATION_ADMIN_URL: world.service.adminUrl };
    const file = fileWith(`${head}\npayment,ps_1,pay-1,,160,THB\n`);
    const period = ['--from', '2026-11-01', '--to', '2026-11-08'];
    expect(await kasirIn(env, 'reconcile', '--file', file, ...period)).toBe(1);
    expect(asked.filter(({ verb }) => verb === 'inquire')).toEqual([
      { verb: 'inquire', input: { paymentSessionId: 'ps_1' } },
    ]);
    expect(said[0]).toContain('2 differences');
    expect(said[0]).toMatch(/^Antom is asked about 1 attempt that differs/m);
  });

  it('says that Antom was not asked where nothing tells who could, and reports the differences all the same', async () => {
    const file = fileWith(`${head}\npayment,ps_1,pay-1,,160,THB\n`);
    expect(await kasir('reconcile', '--file', file)).toBe(1);
    expect(said[0]).toContain('1 differences');
    expect(said[0]).toMatch(/^Antom is not asked: nothing says where notification is/m);
  });

  it('compares nothing of a file with a mistake in it, and names line and column', async () => {
    const file = fileWith(`${head}\npayment,ps_1,pay-1,,160,THB\npayment,ps_2,pay-2,,1.60,THB\n`);
    expect(await kasir('reconcile', '--file', file)).toBe(2);
    expect(said).toEqual([
      `${file}, line 3, column 5: amount must be minor units as digits, such as 16000 for 160.00 THB`,
    ]);
    expect(asked).toEqual([]);
  });

  it("warns that nobody has seen a file in Antom's layout yet", async () => {
    const antomHead =
      'transactionId,originalTransactionId,transactionRequestId,originalTransactionRequestId,transactionType,transactionAmountValue,transactionCurrency';
    const file = fileWith(`${antomHead}\n<END>\n`);
    expect(await kasir('reconcile', '--file', file, '--layout', 'antom')).toBe(0);
    expect(said[0]).toMatch(/^This layout has never been held against a real file/);
  });

  it.each([
    [[], '--file is needed'],
    [['--file', 'x.csv', '--layout', 'excel'], '--layout must be kasir or antom'],
    [['--file', 'x.csv', '--from', '2026-11-01'], '--from and --to belong together'],
    [['--file', 'x.csv', '--from', 'monday', '--to', '2026-11-01'], '--from must be a day'],
    [['--file', '/nowhere/x.csv'], 'cannot be read'],
  ])('does not understand %j', async (args, message) => {
    expect(await kasir('reconcile', ...args)).toBe(2);
    expect(said[0]).toContain(message);
  });
});
