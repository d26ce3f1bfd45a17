import { BadRequestException, Body, Controller, Headers, Module, Post, Req, Res, UseGuards } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { bootstrap } from './bootstrap.js';
import { CheckoutTokenGuard, type WithOrder } from './checkout-token.guard.js';
import { type Answered, type Choice, PaymentSession, PaymentSessionsService } from './payment-sessions.service.js';
import { ServiceModule } from './service.module.js';
import { topicOf } from './settings.js';

@Controller('v1/payment-sessions')
class PaymentSessionsController {
  constructor(private readonly service: PaymentSessionsService) {}

  @Post()
  @UseGuards(CheckoutTokenGuard)
  async create(
    @Req() { order }: WithOrder,
    @Headers('idempotency-key') key: string | undefined,
    @Body() { bankChoice, terminal }: Choice,
    @Res({ passthrough: true }) response: { status(code: number): unknown },
  ): Promise<object> {
    if (!key || !bankChoice || !terminal) throw new BadRequestException();
    const session = await this.service.create(order, key, { bankChoice, terminal });
    response.status({ requested: 202, created: 201, rejected: 422 }[session.status]);
    return { ...session, paymentSessionId: session.id };
  }

  @EventPattern<string>(topicOf('payment-sessions.v1'))
  apply(@Payload() answered: Answered): Promise<void> {
    return this.service.apply(answered);
  }
}

@Module({
  imports: [ServiceModule.with(PaymentSession)],
  controllers: [PaymentSessionsController],
  providers: [PaymentSessionsService, CheckoutTokenGuard],
})
class GatewayModule {}

await bootstrap(GatewayModule, 'gateway');
