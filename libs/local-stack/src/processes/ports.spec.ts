import { once } from 'node:events';
import { createServer } from 'node:net';
import { freePort } from './ports.js';
import { onFreePort, PortTaken } from './until-ready.js';

describe('a port', () => {
  it('is the wanted one while that is free, and another one when it is taken', async () => {
    const port = await freePort();
    expect(await freePort(port)).toBe(port);
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    const other = await freePort(port);
    server.close();
    expect(other).not.toBe(port);
  });

  it('is looked for again when somebody took it at the last moment', async () => {
    const tried: number[] = [];
    const wanted = await freePort();
    const got = await onFreePort(wanted, async (port) => {
      tried.push(port);
      if (tried.length === 1) throw new PortTaken('too late');
      return port;
    });
    expect(tried).toEqual([wanted, got]);
    expect(got).not.toBe(wanted);
  });

  it('is not looked for again when a server fails for another reason', async () => {
    const failing = onFreePort(0, () => Promise.reject(new Error('no disk')));
    await expect(failing).rejects.toThrow('no disk');
  });
});
