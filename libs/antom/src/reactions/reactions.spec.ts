import { readFileSync } from 'node:fs';
import { reactionsAsMarkdown } from './markdown.js';
import { type Place } from './reaction.js';
import { reactionTo } from './reaction-to.js';
import { reactionRows } from './rows.js';

const calls: readonly Place[] = [
  'createPaymentSession',
  'inquiryPayment',
  'cancel',
  'refund',
  'inquiryRefund',
  'consult',
];
const where = (accept: (row: (typeof reactionRows)[number]) => boolean, place?: Place) =>
  reactionRows.filter((row) => accept(row) && (place === undefined || row.place === place)).map(({ code }) => code);

describe('the table of reactions', () => {
  it('says one thing about each code in each place', () => {
    const keys = reactionRows.map(({ place, code }) => `${place} ${code}`);
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });

  it.each(calls)('closes nothing of %s where Antom does not know who calls', (place) => {
    const open = where(({ reaction, final }) => reaction === 'configuration alarm' && !final, place);
    expect(open).toEqual(expect.arrayContaining(['SIGNATURE_INVALID', 'KEY_NOT_FOUND', 'CLIENT_INVALID']));
  });

  it('leaves a payment session open only where Antom does not know who calls, or is not sure itself', () => {
    expect(where(({ final }) => !final, 'createPaymentSession')).toEqual([
      'UNKNOWN_EXCEPTION',
      'REQUEST_TRAFFIC_EXCEED_LIMIT',
      'SIGNATURE_INVALID',
      'KEY_NOT_FOUND',
      'CLIENT_INVALID',
      'PAYMENT_IN_PROCESS',
    ]);
  });

  it('takes a refused question for an answer only where the thing does not exist', () => {
    expect(where(({ final }) => final, 'inquiryPayment')).toEqual(['ORDER_NOT_EXIST']);
    expect(where(({ final }) => final, 'inquiryRefund')).toEqual(['ORDER_NOT_EXIST']);
    expect(where(({ final }) => final, 'consult')).toEqual([]);
  });

  it('never settles anything by U', () => {
    expect(where(({ status, final }) => status === 'U' && final)).toEqual([]);
  });

  it('says an attempt failed only of attempts', () => {
    const places = reactionRows.filter(({ reaction }) => reaction === 'attempt failed').map(({ place }) => place);
    expect([...new Set(places)]).toEqual(['createPaymentSession', 'payment result']);
  });

  it.each([
    ['createPaymentSession', 'S', 'ANYTHING', 'go on'],
    ['createPaymentSession', 'U', 'REPEAT_REQ_INCONSISTENT', 'retry same id'],
    ['createPaymentSession', 'F', 'REPEAT_REQ_INCONSISTENT', 'our bug'],
    ['createPaymentSession', 'F', 'SETTLE_CONTRACT_NOT_MATCH', 'configuration alarm'],
    ['createPaymentSession', 'F', 'PROCESS_FAIL', 'attempt failed'],
    ['createPaymentSession', 'F', 'constructor', 'attempt failed'],
    ['cancel', 'U', 'ORDER_IS_CANCELED', 'retry same id'],
    ['cancel', 'F', 'PROCESS_FAIL', 'ask a person'],
    ['cancel', 'F', 'CANCEL_WINDOW_EXCEED', 'inquire'],
    ['refund', 'F', 'PROCESS_FAIL', 'ask a person'],
    ['refund', 'F', 'A_CODE_OF_TOMORROW', 'ask a person'],
    ['inquiryPayment', 'U', 'PAYMENT_IN_PROCESS', 'inquire'],
    ['payment result', 'F', 'USER_BALANCE_NOT_ENOUGH', 'attempt failed'],
    ['payment result', 'U', 'PAYMENT_IN_PROCESS', 'inquire'],
  ] as const)('answers in %s to %s %s: %s', (place, status, code, reaction) => {
    expect(reactionTo(place, { status, code, message: '' }).reaction).toBe(reaction);
  });
});

describe('docs/antom-codes.md', () => {
  it.each([
    ['SUCCESS', 'all calls'],
    ['CAPTURE_IN_PROCESS', 'capture'],
    ['MULTI_CAPTURE_NOT_SUPPORTED', 'capture'],
    ['CAPTURE_AMOUNT_EXCEED_AUTH_LIMIT', 'capture'],
    ['AUTH_…', 'capture'],
    ['INQUIRY_PAYMENT_SESSION_FAILED', "Antom's client SDKs"],
  ])('says where the code %s is met, which has no reaction of its own', (code, place) => {
    expect(reactionsAsMarkdown()).toContain(`| \`${code}\` | ${place} |`);
  });

  it('is what the table prints today (npm run docs:antom)', () => {
    expect(readFileSync(new URL('../../../../docs/antom-codes.md', import.meta.url), 'utf8')).toBe(
      reactionsAsMarkdown(),
    );
  });
});
