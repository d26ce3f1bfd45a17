import { type Answer } from '../http/answer.js';
import { type ResultStatus } from '../results.js';
import { readSessionAnswer } from './session-answer.js';

const signed = (status: ResultStatus, code: string, body: Record<string, unknown> = {}): Answer => ({
  kind: 'answered',
  result: { status, code, message: 'said Antom' },
  body,
});

describe('an answer to the wish for a payment session', () => {
  it('gives the session', () => {
    const body = { paymentSessionData: 'a&&SG&&188&&e30=', paymentSessionExpiryTime: '2026-01-01T09:00:01+08:00' };
    expect(readSessionAnswer(signed('S', 'SUCCESS', body))).toEqual({
      kind: 'created',
      sessionData: 'a&&SG&&188&&e30=',
      sessionExpiresAt: new Date('2026-01-01T01:00:01Z'),
    });
  });

  it.each([
    ['no expiry time', {}],
    ['an unreadable expiry time', { paymentSessionExpiryTime: 'soon' }],
    ['an expiry time that is no text', { paymentSessionExpiryTime: 12 }],
  ])('gives the session even with %s', (_, more) => {
    const answer = readSessionAnswer(signed('S', 'SUCCESS', { paymentSessionData: 'x', ...more }));
    expect(answer).toEqual({ kind: 'created', sessionData: 'x' });
  });

  it('is unknown when S comes without a session', () => {
    expect(readSessionAnswer(signed('S', 'SUCCESS'))).toMatchObject({
      kind: 'unknown',
      reason: 'unreadable',
      alarm: true,
    });
  });

  it.each(['PARAM_ILLEGAL', 'ACCESS_DENIED', 'RISK_REJECT', 'A_CODE_OF_TOMORROW'])(
    'is a refusal for a signed F %s',
    (code) => {
      expect(readSessionAnswer(signed('F', code))).toMatchObject({ kind: 'refused', code, message: 'said Antom' });
    },
  );

  it.each([
    ['U', 'UNKNOWN_EXCEPTION', false],
    ['U', 'PARAM_ILLEGAL', false],
    ['U', 'A_CODE_OF_TOMORROW', false],
    ['F', 'REQUEST_TRAFFIC_EXCEED_LIMIT', false],
    ['F', 'SIGNATURE_INVALID', true],
    ['F', 'CLIENT_INVALID', true],
  ] as const)('closes nothing for %s %s', (status, code, alarm) => {
    expect(readSessionAnswer(signed(status, code))).toMatchObject({ kind: 'unknown', reason: 'undecided', alarm });
  });

  it('closes nothing without a signature, and raises the alarm', () => {
    const answer: Answer = { kind: 'unverified', result: { status: 'F', code: 'RISK_REJECT', message: '' } };
    expect(readSessionAnswer(answer)).toMatchObject({ kind: 'unknown', reason: 'unverified', alarm: true });
  });

  it('stays unknown when nobody answered', () => {
    const answer: Answer = { kind: 'unknown', reason: 'time-out', detail: '' };
    expect(readSessionAnswer(answer)).toEqual({ ...answer, reaction: 'retry same id', alarm: false });
  });
});
