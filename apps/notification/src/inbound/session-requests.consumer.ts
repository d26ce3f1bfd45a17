import { sessionRequests, type SessionRequestEvent } from '@kasir/contracts';
import { type EventContext } from '@kasir/messaging-nest';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { hurryInquiry } from '../application/hurry-inquiry.js';
import { EAR, type Ear } from './ear.js';

const handles = ['InquiryRequested'] as const satisfies readonly SessionRequestEvent['type'][];
type Handled = Extract<SessionRequestEvent, { type: (typeof handles)[number] }>;

@Controller()
export class SessionRequestsConsumer {
  constructor(@Inject(EAR) private readonly ear: Ear) {}

  @EventPattern<string>(sessionRequests.name, { handles })
  async onSessionRequest(@Payload() event: Handled, @Ctx() context: EventContext): Promise<void> {
    await hurryInquiry(this.ear.storesIn(context), this.ear.clock, event.data.paymentSessionId);
  }
}
