import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const printer = fileURLToPath(new URL('../../../tools/docs/main.mjs', import.meta.url));

describe('the printed tables of settings, topics and rights', () => {
  it('say what the code says; npm run docs:settings prints them anew', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [printer, '--check'], { encoding: 'utf8' });
    expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' });
  }, 300_000);
});
