import { memoryPss } from './memory.js';
import { spawnGuarded } from './spawn-guarded.js';
import { waitUntil } from './wait-until.js';

describe('memory', () => {
  it('is summed over a process and all that descends from it', async () => {
    const idle = await spawnGuarded('sleep', ['1000']);
    const grown = async () => ((memoryPss([idle.pid]) ?? 0) > 10_000 ? true : undefined);
    await waitUntil(grown, { what: 'a program that has been loaded', timeoutMs: 30_000 });
    const withChild = memoryPss([process.pid]);
    await idle.kill();
    expect(withChild).toBeGreaterThan(process.memoryUsage().rss / 4);
  });

  it('is unknown for a process that has ended', async () => {
    const ended = await spawnGuarded('true', []);
    await ended.exited;
    expect(memoryPss([ended.pid])).toBeUndefined();
  });
});
