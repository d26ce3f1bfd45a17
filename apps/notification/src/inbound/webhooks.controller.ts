import { acknowledgement, failureAnswer } from '@kasir/antom';
import { type Clock } from '@kasir/kernel';
import { type Logger } from '@kasir/platform';
import { Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type QuarantineQueue } from '../application/quarantine-queue.js';
import { type WebhookGroups } from '../application/webhook-groups.js';
import { type ReadWebhook, type ReceivedWebhook, type VerifiedWebhook } from '../application/webhook-ports.js';

export const WEBHOOK_DEPENDENCIES = Symbol('what the webhooks need');

export interface WebhookDependencies {
  readonly groups: Pick<WebhookGroups, 'add'>;
  readonly read: ReadWebhook;
  readonly quarantine: QuarantineQueue;
  readonly clock: Clock;
  readonly logger: Logger;
  /** What a proxy has cut off the path that Antom called and signed. */
  readonly pathPrefix: string;
}

/** Antom's webhooks. A signature over the raw bytes proves them, and the answer follows only after everything is kept. */
@Controller('webhooks/antom')
export class WebhooksController {
  constructor(@Inject(WEBHOOK_DEPENDENCIES) private readonly dependencies: WebhookDependencies) {}

  @Post('payments')
  onPayment(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.receive(request, reply);
  }

  @Post('refunds')
  onRefund(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.receive(request, reply);
  }

  private async receive(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    try {
      const delivered = await this.keep(this.received(request));
      await answer(reply, delivered ? 200 : 401, delivered ? acknowledgement : failureAnswer);
    } catch (err) {
      this.dependencies.logger.error({ err }, 'webhook not stored; Antom will send it again');
      await answer(reply, 503, failureAnswer);
    }
  }

  /** @returns whether Antom may consider it delivered */
  private async keep(webhook: ReceivedWebhook): Promise<boolean> {
    const { read, groups, quarantine, logger } = this.dependencies;
    const checked = read(webhook);
    if (checked.kind !== 'unverified') {
      await groups.add({ webhook, verified: checked });
      logger.info(subjectOf(checked), 'webhook verified');
      return true;
    }
    const { reason } = checked;
    const fate = await quarantine.add(webhook, checked);
    if (fate === 'full') logger.error({ reason }, 'webhook not verified; quarantine full, body not stored');
    else logger.warn({ reason, fate }, 'webhook not verified');
    return false;
  }

  private received(request: FastifyRequest): ReceivedWebhook {
    const { clock, pathPrefix } = this.dependencies;
    return {
      method: request.method,
      path: pathPrefix + request.url,
      headers: request.headers,
      body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      receivedAt: clock.now(),
    };
  }
}

function subjectOf(verified: VerifiedWebhook): object {
  if (verified.kind === 'other') return { about: verified.about };
  if (verified.kind === 'refund')
    return { update: `refund ${verified.update.kind}`, refundRequestId: verified.update.refundRequestId };
  const { kind, paymentRequestId: paymentSessionId, paymentId } = verified.update;
  return { update: `payment ${kind}`, paymentSessionId, paymentId };
}

const answer = async (reply: FastifyReply, status: number, body: string): Promise<void> => {
  await reply.status(status).type('application/json').send(body);
};
