import { connect } from 'node:net';
import { aSimulator, call, cappuccino, createPath, stopSimulators } from '../fixtures/merchant.specs.js';

afterEach(stopSimulators);

describe('the door of Antom’s calls', () => {
  it('takes a body that comes in many parts', async () => {
    const antom = await aSimulator();
    const long = cappuccino({ metadata: 'x'.repeat(300_000) });
    expect((await call(antom, long)).body.result).toMatchObject({ resultStatus: 'S' });
  });

  it('takes no body of more than a mebibyte', async () => {
    const antom = await aSimulator();
    expect(await call(antom, cappuccino({ metadata: 'x'.repeat(1_100_000) }))).toMatchObject({ status: 413 });
    expect(antom.sessions()).toEqual([]);
  });

  it('forgets a call that breaks off in its middle, and goes on', async () => {
    const antom = await aSimulator();
    await new Promise<void>((resolve) => {
      const line = connect(antom.port, '127.0.0.1', () => {
        line.end(`POST ${createPath} HTTP/1.1\r\nhost: antom\r\ncontent-length: 500\r\n\r\n{"half":`);
      });
      line.on('close', () => resolve()).resume();
    });
    expect(antom.journal()).toEqual([]);
    expect((await call(antom, cappuccino())).body.result).toMatchObject({ resultStatus: 'S' });
  });

  it('is open to POST alone', async () => {
    const antom = await aSimulator();
    expect((await fetch(antom.url + createPath)).status).toBe(404);
  });
});
