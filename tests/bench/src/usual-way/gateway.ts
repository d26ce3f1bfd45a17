import { randomUUID } from 'node:crypto';
import { BadRequestException, Body, Controller, Headers, Module, Post, Req, Res, UseGuards } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { InjectRepository } from '@nestjs/typeorm';
import { Column, Entity, PrimaryColumn, QueryFailedError, Repository, Unique } from 'typeorm';
import { bootstrap } from './bootstrap.js';
import { CheckoutTokenGuard, type WithOrder } from './checkout-token.guard.js';
import { EventsService } from './events.service.js';
import { ServiceModule } from './service.module.js';
import { topicOf } from './settings.js';

type Choice = { readonly bankChoice?: object; readonly terminal?: object };
type Answered = { readonly id: string; readonly status: 'created' | 'rejected'; readonly sessionData: string };

@Entity()
@Unique(['orderId', 'idempotencyKey'])
class PaymentSession {
  @PrimaryColumn('text') id!: string;
  @Column('text') orderId!: string;
  @Column('text') idempotencyKey!: string;
  @Column('text') status!: 'requested' | 'created' | 'rejected';
  @Column('text', { nullable: true }) sessionData!: string | null;
}

@Controller('v1/payment-sessions')
class PaymentSessionsController {
  private readonly waiting = new Map<string, Set<() => void>>();

  constructor(
    private readonly events: EventsService,
    @InjectRepository(PaymentSession) private readonly sessions: Repository<PaymentSession>,
  ) {}

  @Post()
  @UseGuards(CheckoutTokenGuard)
  async create(
    @Req() { order }: WithOrder,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Body() { bankChoice, terminal }: Choice,
    @Res({ passthrough: true }) response: { status(code: number): unknown },
  ): Promise<object> {
    if (!idempotencyKey || !bankChoice || !terminal) throw new BadRequestException();
    const [id, key] = [`ps_${randomUUID()}`, { orderId: order.id, idempotencyKey }];
    const answered = this.answerTo(id);
    if (await this.claim({ id, ...key, status: 'requested' })) {
      const value = { id, order, bankChoice, terminal };
      await this.events.emit('session-requests.v1', 'PaymentSessionRequested', order.id, value);
      await answered;
    }
    let session = await this.sessions.findOneByOrFail(key);
    if (session.status === 'requested' && session.id !== id) {
      await this.answerTo(session.id);
      session = await this.sessions.findOneByOrFail(key);
    }
    response.status({ requested: 202, created: 201, rejected: 422 }[session.status]);
    return { ...session, paymentSessionId: session.id };
  }

  @EventPattern<string>(topicOf('payment-sessions.v1'))
  async apply(@Payload() { id, status, sessionData }: Answered): Promise<void> {
    const session = await this.sessions.findOneByOrFail({ id });
    if (session.status === 'requested') await this.sessions.save({ ...session, status, sessionData });
    for (const resolve of this.waiting.get(id) ?? []) resolve();
    this.waiting.delete(id);
  }

  /** @returns whether the idempotency key was free */
  private async claim(session: Partial<PaymentSession>): Promise<boolean> {
    try {
      await this.sessions.save(this.sessions.create(session));
      return true;
    } catch (error) {
      if (error instanceof QueryFailedError && error.driverError.code === '23505') return false;
      throw error;
    }
  }

  private answerTo(id: string): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.set(id, (this.waiting.get(id) ?? new Set()).add(resolve));
      setTimeout(() => (this.waiting.delete(id), resolve()), 60_000).unref();
    });
  }
}

@Module({ imports: [ServiceModule.with(PaymentSession)], controllers: [PaymentSessionsController] })
class GatewayModule {}

await bootstrap(GatewayModule, 'gateway');
