import { once } from 'node:events';
import fastify from 'fastify';
import { EventStreams } from './event-streams.js';

describe('a stream of events', () => {
  it('ends after a while, so that its reader shows a fresh token', async () => {
    const streams = new EventStreams({ most: 1, heartbeatMs: 60_000, longestMs: 30 });
    const until = async (signal: AbortSignal) => signal.aborted || (await once(signal, 'abort'));
    let wasFull = false;
    const door = fastify();
    door.get('/', async (_, reply) => {
      await streams.send(reply, 'coffee', async function* (signal) {
        wasFull = streams.full;
        yield { size: 'grande' };
        await until(signal);
      });
    });
    const answer = await fetch(await door.listen({ port: 0, host: '127.0.0.1' }));
    expect(await answer.text()).toBe('retry: 1000\n\nevent: coffee\ndata: {"size":"grande"}\n\n');
    expect([wasFull, streams.full]).toEqual([true, false]);
    await door.close();
  });
});
