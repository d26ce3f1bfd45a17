import { sessionRequests, type SessionRequestEvent } from '@kasir/contracts';
import { type EventContext } from '@kasir/messaging-nest';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { hurryInquiry } from '../application/hurry-inquiry.js';
import { EAR, type Ear } from './ear.js';

@Controller()
export class SessionRequestsConsumer {
  constructor(@Inject(EAR) private readonly ear: Ear) {}

  @EventPattern<string>(sessionRequests.name)
  async onSessionRequest(@Payload() event: SessionRequestEvent, @Ctx() { tx }: EventContext): Promise<void> {
    if (event.type !== 'InquiryRequested') return;
    await hurryInquiry(this.ear.storesIn(tx), this.ear.clock, event.data.paymentSessionId);
  }
}
