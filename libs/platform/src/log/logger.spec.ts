import { logContext } from './log-context.js';
import { createLogger, type LogLevel } from './logger.js';
import { nestLogger } from './nest-logger.js';

function recorded(level: LogLevel = 'trace') {
  const lines: string[] = [];
  const logger = createLogger('order', { level, destination: { write: (line) => void lines.push(line) } });
  return { logger, lines, last: () => JSON.parse(lines.at(-1)!) as Record<string, unknown> };
}

describe('a line of the log', () => {
  it('is one JSON object with its service, level and time', () => {
    const { logger, lines, last } = recorded();
    logger.info({ partition: 3 }, 'hello');
    expect(lines).toHaveLength(1);
    expect(last()).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      service: 'order',
      partition: 3,
      message: 'hello',
    });
  });

  it('carries the ids of the work it was written in, also across awaits', async () => {
    const { logger, last } = recorded();
    await logContext.run({ orderId: 'o-1', traceId: 't' }, async () => {
      await Promise.resolve();
      logContext.run({ paymentSessionId: 'ps_1' }, () => logger.info('inside'));
      expect(last()).toMatchObject({ orderId: 'o-1', traceId: 't', paymentSessionId: 'ps_1' });
      logger.info('around');
      expect(last()).not.toHaveProperty('paymentSessionId');
    });
    logger.info('after');
    expect(last()).not.toHaveProperty('orderId');
  });

  it('is left out below the chosen level', () => {
    const { logger, lines } = recorded('warn');
    logger.info('quiet');
    expect(lines).toHaveLength(0);
  });

  it('tells an error with its code and cause, and nothing that a driver hung on it', () => {
    const { logger, last } = recorded();
    const cause = Object.assign(new Error('duplicate key'), { code: '23505', detail: 'Key (email)=(canary)' });
    logger.error(Object.assign(new Error('not saved', { cause }), { parameters: ['canary'] }));
    expect(last()).toMatchObject({
      message: 'not saved',
      err: { type: 'Error', message: 'not saved', cause: { message: 'duplicate key', code: '23505' } },
    });
    expect(JSON.stringify(last())).not.toContain('canary');
    expect((last()['err'] as { stack: string }).stack).toContain('logger.spec');
  });
});

describe('what never reaches the log', () => {
  const jwt = 'eyJhbGciOiJFUzI1NiJ9.eyJjYW5hcnkiOjF9.c2lnbmF0dXJl';
  it.each([
    ['an authorization header', { headers: { authorization: 'Bearer canary' } }],
    ['a token', { checkoutToken: 'canary' }],
    ['session data', { session: { sessionData: 'canary' } }],
    ['the buyer, at any depth', { a: { b: [{ c: { buyer: { email: 'canary' } } }] } }],
    ['a secret', { clientSecret: 'canary' }],
    ['a private key', { privateKey: 'canary' }],
    ['raw bytes', { body: Buffer.from('canary') }],
    ['the password inside a URL', { database: 'postgres://order:canary@db:5432/order' }],
    ['a password inside an error', { err: new Error('cannot reach postgres://order:canary@db/order') }],
    ['a bearer word inside a text', { sent: 'Authorization: Bearer canary' }],
    ['what a thing turns itself into', { request: { toJSON: () => ({ token: 'canary' }) } }],
  ])('is %s', (_, fields) => {
    const { logger, lines } = recorded();
    logger.info(fields, 'seen');
    logger.child(fields).info('seen by a child');
    expect(lines).toHaveLength(2);
    expect(lines.join('')).not.toContain('canary');
  });

  it('is a signed token, wherever it stands', () => {
    const { logger, lines } = recorded();
    logger.warn({ reason: `token ${jwt} is too old` }, `refused ${jwt}`);
    expect(lines.join('')).not.toMatch(/eyJ|c2lnbmF0dXJl/);
  });

  it('is the text that was no JSON', () => {
    const { logger, lines } = recorded();
    try {
      JSON.parse('canary');
    } catch (error) {
      logger.error(error);
      logger.error({ err: error }, 'unreadable');
    }
    expect(lines).toHaveLength(2);
    expect(lines.join('')).not.toContain('canary');
  });

  it('is no reason to fail: a thing that contains itself is cut off', () => {
    const { logger, lines } = recorded();
    const thing: Record<string, unknown> = { count: 1n };
    thing['self'] = thing;
    logger.info(thing, 'round');
    expect(lines).toHaveLength(1);
  });
});

describe('a line of Nest', () => {
  it('names its speaker', () => {
    const { logger, last } = recorded();
    nestLogger(logger).log('started', 'NestFactory');
    expect(last()).toMatchObject({ level: 'debug', speaker: 'NestFactory', message: 'started' });
  });

  it('keeps the stack of an error', () => {
    const { logger, last } = recorded();
    nestLogger(logger).error('broken', 'Error: broken\n    at here', 'Injector');
    expect(last()).toMatchObject({ level: 'error', speaker: 'Injector', message: 'broken', stack: expect.anything() });
    nestLogger(logger).error(new Error('whole'));
    expect(last()).toMatchObject({ message: 'whole', err: { type: 'Error' } });
  });
});
