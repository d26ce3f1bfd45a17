import { type PaymentEvent, payments } from '@kasir/contracts';
import { type EventContext } from '@kasir/messaging-nest';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { applyRefund } from '../application/apply-refund.js';
import { applySuccess } from '../application/apply-success.js';
import { type Policy } from '../application/ports.js';
import { reportAttempt, reportMismatch, reportPaidAfterCancel, reportRefund } from '../application/report-trouble.js';
import { POLICY, STORES_IN, type StoresIn } from './stores-in.js';

const handles = [
  'PaymentSucceeded',
  'PaymentMismatched',
  'PaymentReceivedAfterCancel',
  'PaymentNeedsAttention',
  'RefundSucceeded',
  'RefundNeedsAttention',
] as const satisfies readonly PaymentEvent['type'][];
type Handled = Extract<PaymentEvent, { type: (typeof handles)[number] }>;

@Controller()
export class PaymentsConsumer {
  constructor(
    @Inject(STORES_IN) private readonly storesIn: StoresIn,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  @EventPattern<string>(payments.name, { handles })
  async onPayment(@Payload() event: Handled, @Ctx() { tx }: EventContext): Promise<void> {
    const stores = this.storesIn(tx, event);
    const heardAt = event.time;
    switch (event.type) {
      case 'PaymentSucceeded':
        return applySuccess(stores, this.policy, { ...event.data, heardAt });
      case 'PaymentMismatched':
        return reportMismatch(stores, event.data, heardAt);
      case 'PaymentReceivedAfterCancel':
        return reportPaidAfterCancel(stores, event.data, heardAt);
      case 'PaymentNeedsAttention':
        return reportAttempt(stores, event.data, heardAt);
      case 'RefundSucceeded':
        return applyRefund(stores, { ...event.data, heardAt });
      case 'RefundNeedsAttention':
        return reportRefund(stores, event.data, heardAt);
    }
  }
}
