import { sessionRequests, type SessionRequestEvent } from '@kasir/contracts';
import { type EventContext } from '@kasir/messaging-nest';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { type Tools } from '../application/ports.js';
import { requestSession } from '../application/request-session.js';
import { STORES_IN, type StoresIn, TOOLS } from './stores-in.js';

export const CALLS = Symbol('the calls to Antom that a request makes due');

@Controller()
export class SessionRequestsConsumer {
  constructor(
    @Inject(STORES_IN) private readonly storesIn: StoresIn,
    @Inject(TOOLS) private readonly tools: Tools,
    @Inject(CALLS) private readonly calls: { wake(): void },
  ) {}

  @EventPattern<string>(sessionRequests.name)
  async onSessionRequest(
    @Payload() event: SessionRequestEvent,
    @Ctx() { tx, afterCommit }: EventContext,
  ): Promise<void> {
    if (event.type !== 'PaymentSessionRequested') return;
    await requestSession(this.storesIn(tx, event), this.tools, event.data);
    afterCommit(() => this.calls.wake());
  }
}
