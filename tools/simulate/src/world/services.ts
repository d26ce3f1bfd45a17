import { orders, payments, paymentSessions } from '@kasir/contracts';
import { inquirePayment } from '@kasir/notification/application/inquire-payment';
import { inquireRefund } from '@kasir/notification/application/inquire-refund';
import {
  type DueInquiries,
  type Stores,
  type UnitOfWork as NotificationWork,
} from '@kasir/notification/application/ports';
import { PaymentSessionsConsumer as NotificationHandlesSessions } from '@kasir/notification/inbound/payment-sessions.consumer';
import { SessionRequestsConsumer as NotificationHandlesRequests } from '@kasir/notification/inbound/session-requests.consumer';
import { dueAt, type InquiredRow, notificationStores } from '@kasir/notification/testing/notification-stores';
import { DecisionRefused } from '@kasir/order/application/decide-case';
import { caseDesk } from '@kasir/order/application/decide-cases';
import { type UnitOfWork as OrderWork } from '@kasir/order/application/ports';
import { reportOverdue } from '@kasir/order/application/report-overdue';
import { type Order, type Policy } from '@kasir/order/domain/order';
import { PaymentSessionsConsumer as OrderHandlesSessions } from '@kasir/order/inbound/payment-sessions.consumer';
import { PaymentsConsumer as OrderHandlesPayments } from '@kasir/order/inbound/payments.consumer';
import { orderStores } from '@kasir/order/testing/memory-stores';
import { askForSession } from '@kasir/payment-session/application/ask-for-session';
import { askToCancel } from '@kasir/payment-session/application/ask-to-cancel';
import { askToRefund } from '@kasir/payment-session/application/ask-to-refund';
import { type CausedBy, type Tools, type UnitOfWork } from '@kasir/payment-session/application/ports';
import { sealExpired } from '@kasir/payment-session/application/seal-order';
import { usualPolicy } from '@kasir/payment-session/domain/second-attempt';
import { OrdersConsumer as SessionHandlesOrders } from '@kasir/payment-session/inbound/orders.consumer';
import { PaymentsConsumer as SessionHandlesPayments } from '@kasir/payment-session/inbound/payments.consumer';
import { SessionRequestsConsumer as SessionHandlesRequests } from '@kasir/payment-session/inbound/session-requests.consumer';
import { paymentSessionStores } from '@kasir/payment-session/testing/memory-stores';
import { type Draft, type JobRow } from '@kasir/testing/memory';
import { readerOf } from './reader.js';
import { Service, type ServiceParts } from './service.js';
import { type Desk } from './shop.js';
import { type AntomCalls } from './antom-calls.js';

type Surroundings = Omit<ServiceParts, 'name' | 'topic'>;

/** A service, and when it has something to do next by itself. */
export interface Housed {
  readonly service: Service;
  nextDue(): readonly Date[];
}

const leaseMs = 15_000;

/** payment-session, with its own consumers and use cases. */
export function paymentSession(surroundings: Surroundings, { provider }: AntomCalls): Housed {
  const { agenda, turns } = surroundings;
  const service = new Service({ ...surroundings, name: 'payment-session', topic: paymentSessions.name });
  const storesIn = (draft: Draft, causedBy: CausedBy) =>
    turns.at(paymentSessionStores(draft, causedBy, (event) => service.say(draft, event, causedBy)));
  const unitOfWork: UnitOfWork = {
    run: (causedBy, work) => service.transaction((draft) => work(storesIn(draft, causedBy))),
  };
  const tools: Tools = {
    provider,
    seal: (sessionData) => Promise.resolve(`encrypted ${sessionData}`),
    clock: agenda,
    sessionMs: 600_000,
    secondAttempt: usualPolicy,
  };
  const parts = [(({ tx }: { tx: Draft }, cause: CausedBy) => storesIn(tx, cause)) as never, tools] as const;
  service.reads(
    readerOf(new SessionHandlesRequests(...parts), 'onSessionRequest'),
    readerOf(new SessionHandlesPayments(...parts), 'onPayment'),
    readerOf(new SessionHandlesOrders(...parts), 'onOrder'),
  );
  const until = () => new Date(agenda.now().getTime() + leaseMs);
  const claims = <Lease>(
    table: string,
    claim: (stores: ReturnType<typeof storesIn>) => Promise<Lease[]>,
    work: (lease: Lease) => Promise<void>,
  ) =>
    service.works(() => dues(service, table).some((due) => due <= agenda.now()), {
      claim: (draft) => claim(storesIn(draft, undefined)),
      work,
    });
  claims(
    'attempts',
    (stores) => stores.attempts.claimDue(agenda.now(), until(), 2),
    (lease) => askForSession(unitOfWork, tools, lease),
  );
  claims(
    'cancels',
    (stores) => stores.cancels.claimDue(agenda.now(), until(), 2),
    (lease) => askToCancel(unitOfWork, tools, lease),
  );
  claims(
    'orders',
    (stores) => stores.orders.claimDue(agenda.now(), until(), 2),
    (lease) => sealExpired(unitOfWork, tools, lease),
  );
  claims(
    'refunds',
    (stores) => stores.refunds.claimDue(agenda.now(), until(), 2),
    (lease) => askToRefund(unitOfWork, tools, lease),
  );
  return { service, nextDue: () => kinds.flatMap((table) => dues(service, table)) };
}

const kinds = ['attempts', 'cancels', 'orders', 'refunds'];

const dues = (service: Service, table: string): Date[] =>
  service.memory.rows<JobRow<unknown>>(table).flatMap(({ dueAt: due }) => due ?? []);

export interface NotificationHouse extends Housed {
  readonly unitOfWork: NotificationWork;
}

/** notification, with its own consumers and its inquiries. */
export function notification(surroundings: Surroundings, { inquiries: antom }: AntomCalls): NotificationHouse {
  const { agenda: clock, turns } = surroundings;
  const service = new Service({ ...surroundings, name: 'notification', topic: payments.name });
  const storesIn = (draft: Draft) =>
    turns.at(notificationStores(draft, async (event, causedBy) => void (await service.say(draft, event, causedBy))));
  const unitOfWork: NotificationWork = { run: (work) => service.transaction((draft) => work(storesIn(draft))) };
  const dependencies = { storesIn: (({ tx }: { tx: Draft }) => storesIn(tx)) as never, clock };
  service.reads(
    readerOf(new NotificationHandlesSessions(dependencies), 'onPaymentSession'),
    readerOf(new NotificationHandlesRequests(dependencies), 'onSessionRequest'),
  );
  const duesOf = (table: string) => service.memory.rows<InquiredRow>(table).flatMap((row) => dueAt(row) ?? []);
  const asks = <Thing>(
    table: string,
    of: (stores: Stores) => DueInquiries<Thing>,
    work: (thing: Thing) => Promise<void>,
  ) =>
    service.works(() => duesOf(table).some((due) => due <= clock.now()), {
      claim: (draft) => of(storesIn(draft)).claimDue(clock.now(), new Date(clock.now().getTime() + leaseMs), 2),
      work,
    });
  asks(
    'payments',
    (stores) => stores.payments,
    (payment) => inquirePayment(unitOfWork, { antom, clock }, payment),
  );
  asks(
    'refunds',
    (stores) => stores.refunds,
    (refund) => inquireRefund(unitOfWork, { antom, clock }, refund),
  );
  return { service, unitOfWork, nextDue: () => [...duesOf('payments'), ...duesOf('refunds')] };
}

const policy: Policy = { latePayment: 'case', graceMs: 20 * 60_000 };

export interface OrderHouse extends Housed {
  readonly desk: Desk;
}

/** The order service, with its own consumers, its clock, and the people who decide. */
export function order(surroundings: Surroundings): OrderHouse {
  const { agenda: clock, turns } = surroundings;
  const service = new Service({ ...surroundings, name: 'order', topic: orders.name });
  const storesIn = (draft: Draft, causedBy?: { readonly id: string }) =>
    turns.at(orderStores(draft, async (event) => void (await service.say(draft, event, causedBy))));
  const consumed = (draft: Draft, causedBy: { readonly id: string }) => storesIn(draft, causedBy);
  service.reads(
    readerOf(new OrderHandlesSessions(consumed as never, policy), 'onPaymentSession'),
    readerOf(new OrderHandlesPayments(consumed as never, policy), 'onPayment'),
  );
  const work: OrderWork = { run: (use) => service.transaction((draft) => use(storesIn(draft))) };
  const closings = () =>
    service.memory
      .rows<Order>('orders')
      .flatMap(({ status, closingDueAt: due }) => (status === 'closing' && due !== null ? [new Date(due)] : []));
  service.works(() => closings().some((due) => due <= clock.now()), {
    claim: (draft) => reportOverdue(storesIn(draft), clock.now(), 2),
    work: () => Promise.resolve(),
  });
  return { service, nextDue: closings, desk: { decide: (...about) => decide(work, clock, ...about) } };
}

/** Where a decision does not fit, the case stays as it is, by another one. */
async function decide(
  work: OrderWork,
  clock: Surroundings['agenda'],
  caseId: string,
  resolution: string,
): Promise<void> {
  const words = { reason: 'as we have agreed', by: 'mika', at: clock.now().toISOString() };
  try {
    await caseDesk(work).resolve(caseId, { resolution, ...words });
  } catch (error) {
    if (!(error instanceof DecisionRefused)) throw error;
    await caseDesk(work).resolve(caseId, { resolution: 'no-action', ...words });
  }
}
