import { type Answer, type Antom } from '../http/answer.js';
import { GuardedAntom, type GuardLimits } from './guarded-antom.js';
import { HandStopwatch } from './stopwatch.specs.js';

const request = { path: '/ams/api/v1/payments/inquiryPayment', body: '{}' };
const limits: GuardLimits = {
  ...{ concurrency: 2, perSecond: 1_000, burst: 1_000, longestWaitMs: 500 },
  ...{ faults: 3, pauseMs: 1_000, longestPauseMs: 4_000 },
};
const fine: Answer = { kind: 'answered', result: { status: 'F', code: 'ORDER_NOT_EXIST', message: '' }, body: {} };
const http = (status: number): Answer => ({ kind: 'unknown', reason: 'http status', detail: 'd', status });
const timeOut: Answer = { kind: 'unknown', reason: 'time-out', detail: 'd' };
const broken: Answer = { kind: 'unknown', reason: 'connection failed', detail: 'd' };

/** An Antom that answers as the test says, when the test says. */
class Actor implements Antom {
  readonly calls: ((answer: Answer) => void)[] = [];
  send = () => new Promise<Answer>((resolve) => void this.calls.push(resolve));
  close = async () => {};
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

function scene() {
  const stopwatch = new HandStopwatch();
  const antom = new Actor();
  const breakers: string[] = [];
  const guarded = new GuardedAntom(antom, { limits, stopwatch, onBreaker: ({ breaker }) => breakers.push(breaker) });
  const hear = async (...answers: readonly Answer[]) => {
    for (const answer of answers) {
      const sent = guarded.send(request);
      await settled();
      antom.calls.pop()?.(answer);
      await sent;
    }
  };
  return { stopwatch, antom, guarded, breakers, hear };
}

describe('the guard before Antom', () => {
  it('hands on what Antom answers', async () => {
    const { guarded, antom } = scene();
    const sent = guarded.send(request);
    await settled();
    expect(guarded.health()).toMatchObject({ breaker: 'closed', underWay: 1 });
    antom.calls[0]?.(fine);
    expect(await sent).toBe(fine);
    expect(guarded.health()).toEqual({ breaker: 'closed', retryAfterMs: 0, underWay: 0, waiting: 0, refused: 0 });
  });

  it.each([
    ['time-outs', timeOut],
    ['broken lines', broken],
    ['HTTP 500s', http(500)],
    ['HTTP 503s', http(503)],
  ])('sends nothing after %s in a row, and says so at once', async (_, fault) => {
    const { guarded, antom, hear } = scene();
    await hear(fault, fault, fault);
    expect(await guarded.send(request)).toMatchObject({
      kind: 'unknown',
      reason: 'unavailable',
      sent: false,
      retryAfterMs: 1_000,
    });
    expect(antom.calls).toEqual([]);
    expect(guarded.health()).toMatchObject({ breaker: 'open', retryAfterMs: 1_000, refused: 1 });
  });

  it.each([
    ['refusals', fine],
    ['HTTP 429s', http(429)],
    ['bad signatures', { kind: 'unknown', reason: 'bad signature', detail: 'd' } as Answer],
  ])('goes on after any number of %s', async (_, answer) => {
    const { guarded, hear } = scene();
    await hear(answer, answer, answer, answer);
    expect(guarded.health().breaker).toBe('closed');
  });

  it('tries one call after the pause and goes on when it is answered', async () => {
    const { stopwatch, guarded, hear, breakers } = scene();
    await hear(timeOut, timeOut, timeOut);
    stopwatch.advance(1_000);
    await hear(fine, fine);
    expect(breakers).toEqual(['open', 'half-open', 'closed']);
    expect(guarded.health().breaker).toBe('closed');
  });

  it('refuses all others while that one call is under way', async () => {
    const { stopwatch, guarded, antom, hear } = scene();
    await hear(timeOut, timeOut, timeOut);
    stopwatch.advance(1_000);
    const probe = guarded.send(request);
    expect(await guarded.send(request)).toMatchObject({ sent: false, reason: 'unavailable' });
    antom.calls[0]?.(timeOut);
    await probe;
    expect(guarded.health()).toMatchObject({ breaker: 'open', retryAfterMs: 2_000 });
  });

  it('refuses what was waiting for a place when the breaker opens', async () => {
    const { guarded, antom, hear } = scene();
    await hear(timeOut);
    const sent = [guarded.send(request), guarded.send(request), guarded.send(request)];
    await settled();
    expect(guarded.health()).toMatchObject({ underWay: 2, waiting: 1 });
    for (const answer of antom.calls) answer(timeOut);
    expect(await Promise.all(sent)).toMatchObject([timeOut, timeOut, { reason: 'unavailable', sent: false }]);
    expect(antom.calls).toHaveLength(2);
  });

  it('does not keep anybody waiting for a place for long', async () => {
    const { stopwatch, guarded, antom } = scene();
    const sent = [guarded.send(request), guarded.send(request), guarded.send(request)];
    stopwatch.advance(500);
    expect(await sent[2]).toMatchObject({ reason: 'too busy', sent: false, retryAfterMs: 500 });
    expect(antom.calls).toHaveLength(2);
  });
});
