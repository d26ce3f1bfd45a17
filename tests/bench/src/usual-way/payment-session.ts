import { Controller, Module } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { InjectRepository } from '@nestjs/typeorm';
import { Column, Entity, PrimaryColumn, Repository } from 'typeorm';
import { AntomService } from './antom.service.js';
import { bootstrap } from './bootstrap.js';
import { type Order } from './checkout-token.guard.js';
import { EventsService } from './events.service.js';
import { ServiceModule } from './service.module.js';
import { setting, topicOf } from './settings.js';

type Bank = { readonly bankName?: string; readonly category?: string };
type Requested = { id: string; order: Order; bankChoice: Bank; terminal: { type: string; os?: string } };

@Entity()
class Attempt {
  @PrimaryColumn('text') id!: string;
  @Column('text') orderId!: string;
  @Column('text') status!: 'started' | 'created' | 'rejected';
  @Column('text') request!: string;
  @Column('text', { nullable: true }) sessionData!: string | null;
}

@Controller()
class SessionRequestsController {
  constructor(
    private readonly antom: AntomService,
    private readonly events: EventsService,
    @InjectRepository(Attempt) private readonly attempts: Repository<Attempt>,
  ) {}

  @EventPattern<string>(topicOf('session-requests.v1'))
  async start(@Payload() requested: Requested): Promise<void> {
    const { id, order } = requested;
    const begun = { id, orderId: order.id, status: 'started' as const, request: requestOf(requested) };
    const attempt = (await this.attempts.findOneBy({ id })) ?? (await this.attempts.save(this.attempts.create(begun)));
    if (attempt.status !== 'started') return;
    const { result, paymentSessionData: sessionData = null } = await this.antom.createPaymentSession(attempt.request);
    if (!['S', 'F'].includes(result.resultStatus)) throw new Error(`Antom has not decided: ${result.resultCode}`);
    const status = result.resultStatus === 'S' ? 'created' : 'rejected';
    await this.attempts.save(Object.assign(attempt, { status, sessionData }));
    await this.events.emit('payment-sessions.v1', 'PaymentSessionAnswered', order.id, { id, status, sessionData });
  }
}

function requestOf({ id, order, bankChoice: { bankName, category }, terminal }: Requested): string {
  const paymentMethodMetaData = JSON.stringify({ bankName, paymentMethodCategory: category });
  return JSON.stringify({
    ...{ productCode: 'CASHIER_PAYMENT', paymentRequestId: id, metadata: JSON.stringify({ orderId: order.id }) },
    order: { referenceOrderId: order.id, orderDescription: order.description, orderAmount: order.amount },
    ...{ paymentAmount: order.amount, paymentMethod: { paymentMethodType: 'BANK', paymentMethodMetaData } },
    ...{ paymentRedirectUrl: 'http://localhost/thank-you', paymentNotifyUrl: setting('ANTOM_NOTIFY_URL') },
    settlementStrategy: { settlementCurrency: 'USD' },
    env: { terminalType: terminal.type, osType: terminal.os, clientIp: '127.0.0.1' },
  });
}

@Module({ imports: [ServiceModule.with(Attempt)], controllers: [SessionRequestsController], providers: [AntomService] })
class PaymentSessionModule {}

await bootstrap(PaymentSessionModule, 'payment-session');
