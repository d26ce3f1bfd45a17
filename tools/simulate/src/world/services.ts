import { orders, payments, paymentSessions } from '@kasir/contracts';
import { askAboutRefund } from '@kasir/notification/application/ask-about-refund';
import { askAntom } from '@kasir/notification/application/ask-antom';
import {
  type Inquiries,
  type InquiryLease,
  type Stores,
  type UnitOfWork as EarWork,
} from '@kasir/notification/application/ports';
import { PaymentSessionsConsumer as EarHearsSessions } from '@kasir/notification/inbound/payment-sessions.consumer';
import { SessionRequestsConsumer as EarHearsRequests } from '@kasir/notification/inbound/session-requests.consumer';
import { type Policy } from '@kasir/order/application/ports';
import { PaymentSessionsConsumer as OrderHearsSessions } from '@kasir/order/inbound/payment-sessions.consumer';
import { PaymentsConsumer as OrderHearsPayments } from '@kasir/order/inbound/payments.consumer';
import { askForSession } from '@kasir/payment-session/application/ask-for-session';
import { askToCancel } from '@kasir/payment-session/application/ask-to-cancel';
import { askToRefund } from '@kasir/payment-session/application/ask-to-refund';
import { type CausedBy, type Tools, type UnitOfWork } from '@kasir/payment-session/application/ports';
import { sealExpired } from '@kasir/payment-session/application/seal-order';
import { usualPolicy } from '@kasir/payment-session/domain/second-attempt';
import { OrdersConsumer as MouthHearsOrders } from '@kasir/payment-session/inbound/orders.consumer';
import { PaymentsConsumer as MouthHearsPayments } from '@kasir/payment-session/inbound/payments.consumer';
import { SessionRequestsConsumer as MouthHearsRequests } from '@kasir/payment-session/inbound/session-requests.consumer';
import { type Draft } from '../memory/database.js';
import { type JobRow } from '../memory/jobs.js';
import { notificationStores, type QuestionRow } from '../memory/notification.js';
import { orderStores } from '../memory/order.js';
import { paymentSessionStores } from '../memory/payment-session.js';
import { readerOf } from './reader.js';
import { Service, type ServiceParts } from './service.js';
import { type Telephone } from './telephone.js';

type Surroundings = Omit<ServiceParts, 'name' | 'topic'>;

/** A service, and when it has something to do next by itself. */
export interface Housed {
  readonly service: Service;
  nextDue(): readonly Date[];
}

const leaseMs = 15_000;

/** The mouth, with its own consumers and use cases. */
export function paymentSession(surroundings: Surroundings, { provider }: Telephone): Housed {
  const { agenda } = surroundings;
  const service = new Service({ ...surroundings, name: 'payment-session', topic: paymentSessions.name });
  const storesIn = (draft: Draft, causedBy: CausedBy) =>
    paymentSessionStores(draft, causedBy, (news) => service.say(draft, news, causedBy));
  const unitOfWork: UnitOfWork = {
    run: (causedBy, work) => service.transaction((draft) => work(storesIn(draft, causedBy))),
  };
  const tools: Tools = {
    provider,
    seal: (sessionData) => Promise.resolve(`sealed ${sessionData}`),
    clock: agenda,
    sessionMs: 600_000,
    secondAttempt: usualPolicy,
  };
  const parts = [(({ tx }: { tx: Draft }, cause: CausedBy) => storesIn(tx, cause)) as never, tools] as const;
  const [requests, outcomes, decisions] = [
    new MouthHearsRequests(...parts),
    new MouthHearsPayments(...parts),
    new MouthHearsOrders(...parts),
  ];
  service.reads(
    readerOf(requests, 'onSessionRequest'),
    readerOf(outcomes, 'onPayment'),
    readerOf(decisions, 'onOrder'),
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
  service.memory.rows<JobRow<unknown>>(table).flatMap(({ dueAt }) => dueAt ?? []);

export interface Ear extends Housed {
  readonly unitOfWork: EarWork;
}

/** The ear, with its own consumers and its questions. */
export function notification(surroundings: Surroundings, { inquiries: antom }: Telephone): Ear {
  const { agenda: clock } = surroundings;
  const service = new Service({ ...surroundings, name: 'notification', topic: payments.name });
  const storesIn = (draft: Draft) => notificationStores(draft, (news, causedBy) => service.say(draft, news, causedBy));
  const unitOfWork: EarWork = { run: (work) => service.transaction((draft) => work(storesIn(draft))) };
  const ear = { storesIn: (({ tx }: { tx: Draft }) => storesIn(tx)) as never, clock };
  const [sessions, requests] = [new EarHearsSessions(ear), new EarHearsRequests(ear)];
  service.reads(readerOf(sessions, 'onPaymentSession'), readerOf(requests, 'onSessionRequest'));
  const duesOf = (table: string) =>
    service.memory
      .rows<QuestionRow>(table)
      .map(({ plan, leasedUntil }) => (plan.dueAt > leasedUntil ? plan.dueAt : leasedUntil));
  const asks = (table: string, of: (stores: Stores) => Inquiries, ask: (lease: InquiryLease) => Promise<void>) =>
    service.works(() => duesOf(table).some((due) => due <= clock.now()), {
      claim: (draft) => of(storesIn(draft)).claimDue(clock.now(), new Date(clock.now().getTime() + leaseMs), 2),
      work: ask,
    });
  asks(
    'inquiries',
    (stores) => stores.inquiries,
    (lease) => askAntom(unitOfWork, { antom, clock }, lease),
  );
  asks(
    'refund inquiries',
    (stores) => stores.refundInquiries,
    (lease) => askAboutRefund(unitOfWork, { antom, clock }, lease),
  );
  const nextDue = () => [...duesOf('inquiries'), ...duesOf('refund inquiries')];
  return { service, unitOfWork, nextDue };
}

const policy: Policy = { latePayment: 'case' };

/** The order service, with its own consumers. Time alone moves nothing in it. */
export function order(surroundings: Surroundings): Housed {
  const service = new Service({ ...surroundings, name: 'order', topic: orders.name });
  const storesIn = (draft: Draft, causedBy: { readonly id: string }) =>
    orderStores(draft, (news) => service.say(draft, news, causedBy));
  const [sessions, news] = [
    new OrderHearsSessions(storesIn as never),
    new OrderHearsPayments(storesIn as never, policy),
  ];
  service.reads(readerOf(sessions, 'onPaymentSession'), readerOf(news, 'onPayment'));
  return { service, nextDue: () => [] };
}
