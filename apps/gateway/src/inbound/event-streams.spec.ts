import fastify from 'fastify';
import { EventStreams } from './event-streams.js';

describe('a stream of events', () => {
  it('ends after a while, so that its reader shows a fresh token', async () => {
    const streams = new EventStreams({ most: 1, heartbeatMs: 60_000, longestMs: 30 });
    const until = (signal: AbortSignal) => new Promise((resolve) => signal.addEventListener('abort', resolve));
    const door = fastify();
    door.get('/', async (_, reply) => {
      await streams.send(reply, 'coffee', async function* (signal) {
        yield { size: 'grande' };
        await until(signal);
      });
    });
    const answer = await fetch(await door.listen({ port: 0, host: '127.0.0.1' }));
    expect(streams.full).toBe(true);
    expect(await answer.text()).toBe('retry: 1000\n\nevent: coffee\ndata: {"size":"grande"}\n\n');
    expect(streams.full).toBe(false);
    await door.close();
  });
});
