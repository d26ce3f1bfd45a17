import { Controller, Module } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { InjectRepository } from '@nestjs/typeorm';
import { Column, DataSource, Entity, PrimaryColumn, Repository } from 'typeorm';
import { AntomService } from './antom.service.js';
import { bootstrap } from './bootstrap.js';
import { type Order } from './checkout-token.guard.js';
import { OutboxService } from './outbox.service.js';
import { ServiceModule } from './service.module.js';
import { setting, topicOf } from './settings.js';

type Bank = { readonly bankName?: string; readonly category?: string };
type Terminal = { readonly type: string; readonly os?: string };
type Requested = { id: string; order: Order; bankChoice: Bank; terminal: Terminal };

@Entity()
class Attempt {
  @PrimaryColumn('text') id!: string;
  @Column('text') orderId!: string;
  @Column('text') status!: 'started' | 'created' | 'rejected';
  /** As it was sent: a repeat must be the same. */
  @Column('text') request!: string;
  @Column('text', { nullable: true }) sessionData!: string | null;
}

@Controller()
class SessionRequestsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly antom: AntomService,
    private readonly outbox: OutboxService,
    @InjectRepository(Attempt) private readonly attempts: Repository<Attempt>,
  ) {}

  @EventPattern<string>(topicOf('session-requests.v1'))
  async start(@Payload() requested: Requested): Promise<void> {
    const { id, order } = requested;
    const begun = { id, orderId: order.id, status: 'started' as const, request: requestOf(requested) };
    const attempt = (await this.attempts.findOneBy({ id })) ?? (await this.attempts.save(this.attempts.create(begun)));
    if (attempt.status !== 'started') return;
    const { result, paymentSessionData } = await this.antom.createPaymentSession(attempt.request);
    if (!['S', 'F'].includes(result.resultStatus)) throw new Error(`Antom has not decided: ${result.resultCode}`);
    attempt.status = result.resultStatus === 'S' ? 'created' : 'rejected';
    attempt.sessionData = paymentSessionData ?? null;
    await this.end(attempt);
  }

  private async end(attempt: Attempt): Promise<void> {
    const { id, orderId, status, sessionData } = attempt;
    const message = await this.dataSource.transaction(async (manager) => {
      await manager.save(attempt);
      const headers = { ce_type: 'PaymentSessionAnswered' };
      return this.outbox.add(manager, id, 'payment-sessions.v1', {
        ...{ key: orderId, value: { id, status, sessionData }, headers },
      });
    });
    await this.outbox.send(message);
  }
}

function requestOf({ id, order, bankChoice: { bankName, category }, terminal }: Requested): string {
  const paymentMethodMetaData = JSON.stringify({ bankName, paymentMethodCategory: category });
  return JSON.stringify({
    ...{ productCode: 'CASHIER_PAYMENT', paymentRequestId: id, paymentAmount: order.amount },
    order: { referenceOrderId: order.id, orderDescription: order.description, orderAmount: order.amount },
    paymentMethod: { paymentMethodType: 'BANK', paymentMethodMetaData },
    ...{ paymentRedirectUrl: 'http://localhost/thank-you', paymentNotifyUrl: setting('ANTOM_NOTIFY_URL') },
    settlementStrategy: { settlementCurrency: 'USD' },
    env: { terminalType: terminal.type, osType: terminal.os, clientIp: '127.0.0.1' },
    metadata: JSON.stringify({ orderId: order.id }),
  });
}

@Module({
  imports: [ServiceModule.with(Attempt)],
  controllers: [SessionRequestsController],
  providers: [AntomService],
})
class PaymentSessionModule {}

await bootstrap(PaymentSessionModule, 'payment-session');
