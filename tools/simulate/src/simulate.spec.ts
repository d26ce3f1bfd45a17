import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mishaps } from './chaos.js';
import { runSeed, summaryOf, type Verdict } from './run.js';

const regressions = JSON.parse(readFileSync(new URL('../regressions.json', import.meta.url), 'utf8')) as number[];
const fixed = Array.from({ length: 300 }, (_, index) => index + 1);
const chosen = Array.from({ length: 200 }, () => randomInt(2 ** 31));

async function run(seeds: readonly number[]): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const seed of seeds) verdicts.push(await runSeed(seed));
  return verdicts;
}

const brokenIn = (verdicts: readonly Verdict[]) =>
  verdicts.filter(({ broken }) => broken.length > 0).map(({ seed, broken }) => ({ seed, broken }));

describe('a world in which everything goes wrong that can', () => {
  const verdicts: Verdict[] = [];
  beforeAll(async () => void verdicts.push(...(await run(fixed))), 60_000);

  it('keeps every promise, whatever the seed', () => {
    expect(brokenIn(verdicts)).toEqual([]);
  });

  it('really does go wrong, in every way', () => {
    expect(summaryOf(verdicts).untried).toEqual([]);
    expect(Object.keys(verdicts[0]!.mishaps)).toEqual([...mishaps]);
  });

  it('sees orders paid and closed, attempts cancelled and superseded, and cases opened', () => {
    expect(Object.keys(summaryOf(verdicts).told)).toEqual(
      expect.arrayContaining([
        'OrderPaid',
        'OrderClosed',
        'OrderSealed',
        'PaymentCancelled',
        'PaymentExpired',
        'PaymentFailed',
        'PaymentPending',
        'RefundSucceeded',
        'RefundFailed',
        'RefundRejected',
        'OrderRefunded',
        'PaymentReturned',
        'OrderPaymentReturned',
        'CancelStarted',
        'OrderNeedsAttention duplicate-payment',
        'OrderNeedsAttention after-cancel',
        'OrderNeedsAttention other-amount',
        'OrderNeedsAttention payment-returned',
        'OrderAttentionResolved other-amount',
      ]),
    );
  });

  it('is the same world when its seed is run again', async () => {
    for (const { seed, fingerprint } of verdicts.slice(0, 20))
      expect(await runSeed(seed)).toMatchObject({ seed, fingerprint });
  });
});

it('keeps every promise that it once broke', async () => {
  expect(brokenIn(await run(regressions))).toEqual([]);
});

it('keeps every promise with 200 seeds that nobody has chosen', async () => {
  console.info(`seeds: ${chosen.join(' ')}`);
  expect(brokenIn(await run(chosen))).toEqual([]);
});
