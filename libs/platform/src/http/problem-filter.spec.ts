import 'reflect-metadata';
import { Body, Controller, Get, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { createLogger } from '../log/logger.js';
import { nestLogger } from '../log/nest-logger.js';
import { traceRequests } from '../tracing/trace-context.js';
import { newTraceparent, traceIdOf } from '../tracing/traceparent.js';
import { HttpProblem, problem } from './problem.js';
import { ProblemFilter } from './problem-filter.js';

@Controller()
class Coffee {
  @Post('orders')
  order(@Body() body: unknown): unknown {
    return body;
  }
  @Get('refused')
  refused(): never {
    const errors = [{ field: 'amount.value', message: 'must be more than zero' }];
    throw new HttpProblem(problem(422, 'not_payable', 'This cannot be paid', { errors }));
  }
  @Get('closed')
  closed(): never {
    throw new HttpProblem(problem(503, 'broker_silent', 'Come back later'), { 'retry-after': '5' });
  }
  @Get('broken')
  broken(): never {
    throw new Error('password canary at 10.0.0.1');
  }
}

@Module({ controllers: [Coffee] })
class CoffeeModule {}

describe('an HTTP refusal', () => {
  const lines: string[] = [];
  const logger = createLogger('gateway', { destination: { write: (line) => void lines.push(line) } });
  let app: NestFastifyApplication;
  let url: string;

  beforeAll(async () => {
    const adapter = new FastifyAdapter({ bodyLimit: 100 });
    traceRequests(adapter.getInstance());
    app = await NestFactory.create<NestFastifyApplication>(CoffeeModule, adapter, { logger: nestLogger(logger) });
    app.useGlobalFilters(new ProblemFilter(logger));
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
  });
  afterAll(() => app.close());

  const refusal = async (path: string, init?: RequestInit) => {
    const answer = await fetch(`${url}${path}`, init);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    return { answer, body: (await answer.json()) as Record<string, unknown> };
  };
  const posted = (body: string, contentType = 'application/json') =>
    refusal('/orders', { method: 'POST', body, headers: { 'content-type': contentType } });

  it('names each field that is wrong', async () => {
    const { answer, body } = await refusal('/refused');
    expect(answer.status).toBe(422);
    expect(body).toEqual({
      type: 'urn:kasir:problem:not_payable',
      title: 'This cannot be paid',
      status: 422,
      code: 'not_payable',
      errors: [{ field: 'amount.value', message: 'must be more than zero' }],
    });
  });

  it('may say when to come back', async () => {
    const { answer } = await refusal('/closed');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
  });

  it.each([
    ['no JSON', () => posted('{"a":'), 400, 'bad_request'],
    ['too large', () => posted(JSON.stringify('x'.repeat(200))), 413, 'payload_too_large'],
    ['of another type', () => posted('<a/>', 'application/xml'), 415, 'unsupported_media_type'],
    ['for nobody', () => refusal('/nowhere'), 404, 'not_found'],
  ])('of a request that is %s has the same form', async (_, ask, status, code) => {
    const { answer, body } = await ask();
    expect(answer.status).toBe(status);
    expect(body).toMatchObject({ status, code });
  });

  it('for a fault of our own says nothing but where to look', async () => {
    const traceparent = newTraceparent();
    const { answer, body } = await refusal('/broken', { headers: { traceparent } });
    expect(answer.status).toBe(500);
    expect(body).toEqual({
      type: 'urn:kasir:problem:internal_error',
      title: 'Something went wrong on our side',
      status: 500,
      code: 'internal_error',
      traceId: traceIdOf(traceparent),
    });
    const line = JSON.parse(lines.at(-1)!) as { level: string; traceId: string; err: { stack: string } };
    expect(line).toMatchObject({ level: 'error', traceId: traceIdOf(traceparent) });
    expect(line.err.stack).toContain('broken');
  });
});
