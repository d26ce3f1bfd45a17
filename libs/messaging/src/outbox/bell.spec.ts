import { Bell } from './bell.js';

const forEver = 3_600_000;

describe('a bell', () => {
  it('wakes who waits', async () => {
    const bell = new Bell();
    const waiting = bell.wait(forEver);
    bell.ring();
    expect(await waiting).toBe(true);
  });
  it('is remembered when it rang while nobody waited, once', async () => {
    const bell = new Bell();
    bell.ring();
    bell.ring();
    await bell.wait(forEver);
    const again = bell.wait(forEver);
    const first = await Promise.race([
      again.then(() => 'woke'),
      new Promise((resolve) => setImmediate(resolve, 'sleeps')),
    ]);
    bell.ring();
    await again;
    expect(first).toBe('sleeps');
  });
  it('is not needed when the time is up', async () => {
    expect(await new Bell().wait(1)).toBe(false);
  });
});
