import { memoryPss } from './memory.js';
import { spawnGuarded } from './spawn-guarded.js';

describe('memory', () => {
  it('is summed over a process and all that descends from it', async () => {
    const idle = await spawnGuarded('sleep', ['1000']);
    const [alone, withChild] = [memoryPss([idle.pid])!, memoryPss([process.pid])!];
    await idle.kill();
    expect(alone).toBeGreaterThan(10_000);
    expect(withChild).toBeGreaterThan(process.memoryUsage().rss / 4);
  });

  it('is unknown for a process that has ended', async () => {
    const ended = await spawnGuarded('true', []);
    await ended.exited;
    expect(memoryPss([ended.pid])).toBeUndefined();
  });
});
