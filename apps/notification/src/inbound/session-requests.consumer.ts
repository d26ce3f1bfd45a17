import { sessionRequests, type SessionRequestEvent } from '@kasir/contracts';
import { type EventContext } from '@kasir/messaging-nest';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { hurryInquiry } from '../application/hurry-inquiry.js';
import { CONSUMER_DEPENDENCIES, type ConsumerDependencies } from './consumer-dependencies.js';

const handles = ['InquiryRequested'] as const satisfies readonly SessionRequestEvent['type'][];
type Handled = Extract<SessionRequestEvent, { type: (typeof handles)[number] }>;

@Controller()
export class SessionRequestsConsumer {
  constructor(@Inject(CONSUMER_DEPENDENCIES) private readonly dependencies: ConsumerDependencies) {}

  @EventPattern<string>(sessionRequests.name, { handles })
  async onSessionRequest(@Payload() event: Handled, @Ctx() context: EventContext): Promise<void> {
    const { storesIn, clock } = this.dependencies;
    await hurryInquiry(storesIn(context), clock, event.data.paymentSessionId);
  }
}
