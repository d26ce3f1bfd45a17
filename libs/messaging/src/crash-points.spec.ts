import { crashPointsFrom, messagingCrashPoints } from './crash-points.js';

describe('KASIR_CRASH_AT', () => {
  const from = (wish: string, mode = 'test') =>
    crashPointsFrom({ KASIR_CRASH_AT: wish, NODE_ENV: mode }, messagingCrashPoints);

  it('asks for nothing when it is not set or empty, in production too', () => {
    expect(() => crashPointsFrom({ NODE_ENV: 'production' }, messagingCrashPoints)('before-commit')).not.toThrow();
    expect(() => from('', 'production')('before-commit')).not.toThrow();
  });

  it('is refused in production with one line that says what to do, whatever it asks for', () => {
    const refusal = 'KASIR_CRASH_AT kills this process and NODE_ENV is production: unset KASIR_CRASH_AT';
    expect(() => from('before-commit:1', 'production')).toThrow(refusal);
    expect(() => from('nowhere', 'production')).toThrow(refusal);
  });

  it.each(['nowhere:1', 'before-commit', 'before-commit:0', 'before-commit:x', ':1'])(
    'is refused as %s, and the points are named',
    (wish) => {
      expect(() => from(wish)).toThrow(
        `KASIR_CRASH_AT=${wish} is no point:n: name one of before-commit, after-commit,`,
      );
    },
  );

  it('kills at the n-th time of its own point and at no other', () => {
    const kills: unknown[] = [];
    const kill = process.kill;
    process.kill = (...killed: unknown[]) => (kills.push(killed), true);
    try {
      const pass = from('after-commit:2');
      for (const point of ['after-commit', 'before-commit', 'before-commit'] as const) pass(point);
      expect(kills).toEqual([]);
      pass('after-commit');
      pass('after-commit');
      expect(kills).toEqual([[process.pid, 'SIGKILL']]);
    } finally {
      process.kill = kill;
    }
  });
});
