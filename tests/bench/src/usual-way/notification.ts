import { Controller, HttpCode, Module, Post, Req } from '@nestjs/common';
import { Column, DataSource, Entity, PrimaryColumn } from 'typeorm';
import { AntomService } from './antom.service.js';
import { bootstrap } from './bootstrap.js';
import { EventsService } from './events.service.js';
import { ServiceModule } from './service.module.js';

const acknowledgement = { result: { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: 'success' } };
const refusal = { result: { resultCode: 'PROCESS_FAIL', resultStatus: 'F', resultMessage: 'fail' } };
type Call = { originalUrl: string; rawBody: Buffer; headers: Record<string, string> };

@Entity()
class Webhook {
  @PrimaryColumn('text') id!: string;
  @Column('text') body!: string;
}

@Controller('webhooks/antom/payments')
class WebhooksController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly antom: AntomService,
    private readonly events: EventsService,
  ) {}

  @Post()
  @HttpCode(200)
  async receive(@Req() { originalUrl, rawBody, headers }: Call): Promise<object> {
    const body = String(rawBody);
    if (!this.antom.verify(originalUrl, headers['request-time'], body, headers['signature'])) return refusal;
    const { notifyType, result, paymentRequestId: paymentSessionId, paymentId, metadata } = JSON.parse(body);
    const { orderId } = JSON.parse(metadata) as { orderId: string };
    const id = `${paymentId} ${notifyType} ${result.resultStatus}`;
    const isNew = await this.dataSource.transaction(async (manager) => {
      if (await manager.existsBy(Webhook, { id })) return false;
      await manager.save(manager.create(Webhook, { id, body }));
      return true;
    });
    if (isNew && notifyType === 'PAYMENT_RESULT' && result.resultStatus === 'S')
      await this.events.emit('payments.v1', 'PaymentSucceeded', orderId, { orderId, paymentSessionId, paymentId });
    return acknowledgement;
  }
}

@Module({ imports: [ServiceModule.with(Webhook)], controllers: [WebhooksController], providers: [AntomService] })
class NotificationModule {}

await bootstrap(NotificationModule);
