import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { type FastifyReply } from 'fastify';
import { goneSignal } from './exchange.js';

export interface StreamLimits {
  /** How many streams one instance holds open. */
  readonly most: number;
  /** How often a silent stream shows that it lives, in milliseconds. */
  readonly heartbeatMs: number;
  /** When a stream ends politely, so that whoever reads it shows a fresh token, in milliseconds. */
  readonly longestMs: number;
}

/** Tells a reader of a stream when to come again after it has ended, in milliseconds. */
const comeAgainMs = 1_000;

/** Server-sent events (WHATWG HTML, section 9.2), as many at once as one instance can hold. */
export class EventStreams {
  private open = 0;
  constructor(private readonly limits: StreamLimits) {}

  get full(): boolean {
    return this.open >= this.limits.most;
  }

  /** Sends what comes as one event each; ends after the last, when the reader hangs up and when the stream is too old. */
  async send(reply: FastifyReply, event: string, views: (signal: AbortSignal) => AsyncIterable<object>): Promise<void> {
    const stream = new PassThrough();
    const signal = AbortSignal.any([goneSignal(reply), AbortSignal.timeout(this.limits.longestMs)]);
    const heartbeat = setInterval(() => stream.write(': still here\n\n'), this.limits.heartbeatMs);
    this.open += 1;
    try {
      stream.write(`retry: ${comeAgainMs}\n\n`);
      // A proxy that collects a whole answer first would keep every event from the shopper.
      void reply.type('text/event-stream').header('x-accel-buffering', 'no').send(stream);
      for await (const view of views(signal))
        if (!stream.write(`event: ${event}\ndata: ${JSON.stringify(view)}\n\n`)) await drained(stream, signal);
    } finally {
      clearInterval(heartbeat);
      this.open -= 1;
      stream.end();
    }
  }
}

const drained = (stream: PassThrough, signal: AbortSignal): Promise<unknown> =>
  once(stream, 'drain', { signal }).catch(() => undefined);
