import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const clockAhead = fileURLToPath(new URL('../../test/clock-ahead.mjs', import.meta.url));
const dayMs = 86_400_000;
/** Past `Date`, which may have been put forward. */
const realNow = () => performance.timeOrigin + performance.now();
const daysAhead = (time: number) => Math.floor((time - realNow()) / dayMs + 0.5);

const inProcess = (expression: string): unknown => {
  const program = `console.log(JSON.stringify(${expression}))`;
  const env = { ...process.env, KASIR_CLOCK_AHEAD_DAYS: '400' };
  return JSON.parse(
    execFileSync(process.execPath, [`--import=${clockAhead}`, '-e', program], { env, encoding: 'utf8' }),
  );
};

describe('a clock that is put forward', () => {
  it.each(['Date.now()', 'new Date().getTime()', 'Date.parse(Date())', '+new (class Due extends Date {})()'])(
    'is what %s tells',
    (expression) => {
      expect(daysAhead(Number(inProcess(expression)))).toBe(400);
    },
  );

  it('changes no time that is given', () => {
    expect(inProcess('[new Date(0), new Date(Date.UTC(2026, 0)), new Date("2026-01-01")]')).toEqual([
      '1970-01-01T00:00:00.000Z',
      '2026-01-01T00:00:00.000Z',
      '2026-01-01T00:00:00.000Z',
    ]);
    expect(inProcess('[new Date() instanceof Date, new Date().constructor === Date]')).toEqual([true, true]);
  });

  it('is the one of the tests themselves in the run that asks for it', () => {
    const asked = Number(process.env['KASIR_CLOCK_AHEAD_DAYS'] ?? 0);
    expect([daysAhead(Date.now()), daysAhead(new Date().getTime())]).toEqual([asked, asked]);
  });
});
