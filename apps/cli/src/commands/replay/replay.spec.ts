import { run } from '../../run.js';
import { commands } from '../table.js';

let said: string[];
const kasir = (...args: string[]) => {
  said = [];
  return run(args, commands, { env: { KASIR_FOLDER: '/nowhere' }, say: (text) => said.push(text) });
};

describe('kasir replay', () => {
  it.each([
    [['--from', 'beginning'], 2, '--service is needed: one of gateway, '],
    [['--service', 'order'], 2, '--from beginning is needed'],
    [['--service', 'order', '--from', 'yesterday'], 2, '--from beginning is needed'],
    [['--service', 'gateway', '--from', 'beginning'], 1, 'gateway cannot be replayed: it has no program for it'],
  ])('says what is wrong with %j', async (args, code, message) => {
    expect(await kasir('replay', ...args)).toBe(code);
    expect(said[0]).toContain(message);
  });
});
