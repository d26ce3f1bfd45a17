import { type DataOf, sessionRequests, type SessionRequestEvent } from '@kasir/contracts';
import { type EventContext } from '@kasir/messaging-nest';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { type Stores, type Tools } from '../application/ports.js';
import { requestCancel } from '../application/request-cancel.js';
import { type RefundAsked, requestRefund } from '../application/request-refund.js';
import { requestSession } from '../application/request-session.js';
import { sealOrder } from '../application/seal-order.js';
import { STORES_IN, type StoresIn, TOOLS } from './stores-in.js';

const handles = [
  'PaymentSessionRequested',
  'PaymentCancelRequested',
  'RefundRequested',
  'OrderCloseRequested',
] as const satisfies readonly SessionRequestEvent['type'][];
type Handled = Extract<SessionRequestEvent, { type: (typeof handles)[number] }>;

@Controller()
export class SessionRequestsConsumer {
  constructor(
    @Inject(STORES_IN) private readonly storesIn: StoresIn,
    @Inject(TOOLS) private readonly tools: Tools,
  ) {}

  @EventPattern<string>(sessionRequests.name, { handles })
  async onSessionRequest(@Payload() event: Handled, @Ctx() context: EventContext): Promise<void> {
    await this.apply(this.storesIn(context, event), event);
  }

  private apply(stores: Stores, event: Handled): Promise<void> {
    switch (event.type) {
      case 'PaymentSessionRequested':
        return requestSession(stores, this.tools, event.data);
      case 'PaymentCancelRequested':
        return requestCancel(stores, this.tools, event.data);
      case 'RefundRequested':
        return requestRefund(stores, this.tools, refundIn(event.data));
      case 'OrderCloseRequested':
        return sealOrder(stores, this.tools, event.data.orderId, 'requested');
    }
  }
}

const refundIn = ({
  paymentId,
  requestedBy: _,
  ...asked
}: DataOf<SessionRequestEvent, 'RefundRequested'>): RefundAsked => ({
  ...asked,
  ...(paymentId === undefined ? {} : { paymentId }),
  cause: 'requested',
});
