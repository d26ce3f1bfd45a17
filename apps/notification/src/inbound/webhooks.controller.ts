import {
  acknowledgement,
  type AttemptNews,
  failureAnswer,
  type Notification,
  type NotificationTrust,
  readNotification,
} from '@kasir/antom';
import { type Clock } from '@kasir/kernel';
import { type Logger } from '@kasir/platform';
import { Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type CheckedWebhook, hearWebhook } from '../application/hear-webhook.js';
import { type ReceivedWebhook, type UnitOfWork } from '../application/ports.js';
import { type PaymentNews } from '../domain/watched-payment.js';

export const WEBHOOK_PARTS = Symbol('what hearing a webhook takes');

export interface WebhookParts {
  readonly unitOfWork: UnitOfWork;
  readonly trust: NotificationTrust;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Begins every id of this deployment's payments. */
  readonly prefix: string;
  /** What a proxy has cut off the path that Antom called and signed. */
  readonly pathPrefix: string;
}

/** Antom's door. It is opened by a signature over the raw bytes, and answers only after everything is kept. */
@Controller('webhooks/antom')
export class WebhooksController {
  constructor(@Inject(WEBHOOK_PARTS) private readonly parts: WebhookParts) {}

  @Post('payments')
  async onPayment(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { unitOfWork, trust, clock, logger, prefix, pathPrefix } = this.parts;
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const webhook: ReceivedWebhook = {
      method: request.method,
      path: pathPrefix + request.url,
      headers: request.headers,
      body,
      receivedAt: clock.now(),
    };
    const checked = check(readNotification({ ...webhook, rawBody: body }, trust), clock.now());
    try {
      const delivered = await hearWebhook(unitOfWork, prefix, webhook, checked);
      if (checked.kind === 'unverified') logger.warn({ reason: checked.reason }, 'a webhook was put into quarantine');
      await answer(reply, delivered ? 200 : 401, delivered ? acknowledgement : failureAnswer);
    } catch (err) {
      logger.error({ err }, 'a webhook could not be kept; Antom will send it again');
      await answer(reply, 503, failureAnswer);
    }
  }
}

const answer = async (reply: FastifyReply, status: number, body: string): Promise<void> => {
  await reply.status(status).type('application/json').send(body);
};

/** Antom's words end here. */
function check(notification: Notification, now: Date): CheckedWebhook {
  switch (notification.kind) {
    case 'unverified':
      return { kind: 'unverified', reason: notification.verdict.reason };
    case 'unreadable':
      return { kind: 'other', about: `unreadable: ${notification.detail}` };
    case 'attempt':
      return { kind: 'payment', news: toNews(notification.news, now) };
    case 'refund':
    case 'capture':
    case 'amount':
    case 'dispute':
    case 'other':
      return { kind: 'other', about: notification.notifyType };
  }
}

function toNews(
  { kind, paymentRequestId, paymentId, amount, code, message, paidAt }: AttemptNews,
  now: Date,
): PaymentNews {
  const payment = { paymentRequestId, paymentId, amount };
  switch (kind) {
    case 'succeeded':
      return { ...payment, kind, paidAt: (paidAt ?? now).toISOString() };
    case 'failed':
      return { ...payment, kind, code, message };
    case 'pending':
      return { ...payment, kind };
  }
}
