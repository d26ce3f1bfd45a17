import { PaymentSessionId } from '@kasir/contracts';
import { logContext } from '@kasir/platform';
import { Controller, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { type FastifyReply } from 'fastify';
import { cancelPaymentSession } from '../application/cancel-payment-session.js';
import { type Dependencies, type Origin } from '../application/ports.js';
import { reportReturn } from '../application/report-return.js';
import { type PaymentSession } from '../domain/payment-session.js';
import { callerOf, originOf } from './calling.js';
import { HTTP_DEPENDENCIES, type HttpDependencies, type OrderRequest } from './dependencies.js';
import { alreadyPaid, notFound } from './problems.js';

type UseCase<T> = (dependencies: Dependencies, origin: Origin, id: string, orderId: string | undefined) => Promise<T>;

/** What may be asked for of a session that there is. */
@Controller('v1/payment-sessions/:id')
export class PaymentSessionActionsController {
  constructor(@Inject(HTTP_DEPENDENCIES) private readonly http: HttpDependencies) {}

  @Post('returned')
  async returned(@Req() request: OrderRequest, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const returned = await this.act(request, id, reportReturn);
    if (returned.kind === 'unknown') throw notFound();
    await this.show(returned.session, reply.status(202).header('retry-after', '3'));
  }

  @Post('cancel')
  async cancel(@Req() request: OrderRequest, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const asked = await this.act(request, id, cancelPaymentSession);
    if (asked.kind === 'unknown') throw notFound();
    if (asked.kind === 'paid') throw alreadyPaid();
    const ended = asked.kind === 'ended';
    await this.show(asked.session, ended ? reply.status(200) : reply.status(202).header('retry-after', '1'));
  }

  private async act<T>(request: OrderRequest, id: string, useCase: UseCase<T>): Promise<T> {
    const { orderId } = await callerOf(this.http, request);
    if (!PaymentSessionId.safeParse(id).success) throw notFound();
    const about = { orderId, merchant: request.merchant, paymentSessionId: id };
    return logContext.run(about, () => useCase(this.http.dependencies, originOf(this.http), id, orderId));
  }

  private async show(session: PaymentSession, reply: FastifyReply): Promise<void> {
    await reply.header('location', `/v1/payment-sessions/${session.id}`).send(await this.http.showSession(session));
  }
}
