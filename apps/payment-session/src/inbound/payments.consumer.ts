import { type PaymentEvent, payments } from '@kasir/contracts';
import { type EventContext } from '@kasir/messaging-nest';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { type Tools } from '../application/ports.js';
import { recordPayment } from '../application/record-payment.js';
import { type Calls, CALLS, STORES_IN, type StoresIn, TOOLS } from './stores-in.js';

const handles = [
  'PaymentPending',
  'PaymentSucceeded',
  'PaymentFailed',
  'PaymentExpired',
  'PaymentCancelled',
  'PaymentMismatched',
  'RefundSucceeded',
  'RefundFailed',
] as const satisfies readonly PaymentEvent['type'][];
type Handled = Extract<PaymentEvent, { type: (typeof handles)[number] }>;

@Controller()
export class PaymentsConsumer {
  constructor(
    @Inject(STORES_IN) private readonly storesIn: StoresIn,
    @Inject(TOOLS) private readonly tools: Tools,
    @Inject(CALLS) private readonly calls: Calls,
  ) {}

  @EventPattern<string>(payments.name, { handles })
  async onPayment(@Payload() event: Handled, @Ctx() { tx, afterCommit }: EventContext): Promise<void> {
    await recordPayment(this.storesIn(tx, event), this.tools, event);
    afterCommit(() => this.calls.wake());
  }
}
