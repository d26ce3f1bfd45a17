import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Column, DataSource, Entity, PrimaryColumn, QueryFailedError, Repository, Unique } from 'typeorm';
import { type Order } from './checkout-token.guard.js';
import { OutboxService } from './outbox.service.js';

export type Choice = { readonly bankChoice?: object; readonly terminal?: object };
export type Answered = { readonly id: string; readonly status: 'created' | 'rejected'; readonly sessionData: string };

@Entity()
@Unique(['orderId', 'idempotencyKey'])
export class PaymentSession {
  @PrimaryColumn('text') id!: string;
  @Column('text') orderId!: string;
  @Column('text') idempotencyKey!: string;
  @Column('text') status!: 'requested' | 'created' | 'rejected';
  @Column('text', { nullable: true }) sessionData!: string | null;
}

@Injectable()
export class PaymentSessionsService {
  private readonly waiting = new Map<string, Set<() => void>>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly outbox: OutboxService,
    @InjectRepository(PaymentSession) private readonly sessions: Repository<PaymentSession>,
  ) {}

  async create(order: Order, idempotencyKey: string, choice: Choice): Promise<PaymentSession> {
    const id = `ps_${randomUUID()}`;
    const session = this.sessions.create({ id, orderId: order.id, idempotencyKey, status: 'requested' });
    const answered = this.answerTo(id);
    if (await this.claim(session, { id, order, ...choice })) await answered;
    const own = { orderId: order.id, idempotencyKey };
    const known = await this.sessions.findOneByOrFail(own);
    if (known.status !== 'requested' || known.id === id) return known;
    await this.answerTo(known.id);
    return this.sessions.findOneByOrFail(own);
  }

  async apply({ id, status, sessionData }: Answered): Promise<void> {
    const session = await this.sessions.findOneByOrFail({ id });
    if (session.status === 'requested') await this.sessions.save({ ...session, status, sessionData });
    for (const resolve of this.waiting.get(id) ?? []) resolve();
    this.waiting.delete(id);
  }

  /** @returns whether the idempotency key was free */
  private async claim(session: PaymentSession, value: object): Promise<boolean> {
    const message = { key: session.orderId, value, headers: { ce_type: 'PaymentSessionRequested' } };
    const sent = await this.dataSource
      .transaction(async (manager) => {
        await manager.save(session);
        return this.outbox.add(manager, session.id, 'session-requests.v1', message);
      })
      .catch((error: unknown) => {
        if (error instanceof QueryFailedError && error.driverError.code === '23505') return undefined;
        throw error;
      });
    if (sent !== undefined) await this.outbox.send(sent);
    return sent !== undefined;
  }

  private answerTo(id: string): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.set(id, (this.waiting.get(id) ?? new Set()).add(resolve));
      setTimeout(() => (this.waiting.delete(id), resolve()), 60_000).unref();
    });
  }
}
