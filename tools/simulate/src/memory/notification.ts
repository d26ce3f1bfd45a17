import {
  type Inquiries,
  type InquiryLease,
  type News,
  type OutcomeOfPayment,
  type Stores,
  type WaitingNews,
} from '@kasir/notification/application/ports';
import { type InquiryPlan } from '@kasir/notification/domain/inquiry-plan';
import { type OpenQuestion } from '@kasir/notification/domain/open-question';
import { type AttemptNews } from '@kasir/notification/domain/payment-news';
import { type Announcement, type WatchedPayment } from '@kasir/notification/domain/watched-payment';
import { type RefundNews, type WatchedRefund } from '@kasir/notification/domain/watched-refund';
import { type Draft, type Table } from './database.js';

const soon = <Value>(value: Value): Promise<Value> => Promise.resolve(value);
const done = (_: unknown): Promise<void> => Promise.resolve();

export interface QuestionRow {
  readonly plan: InquiryPlan;
  readonly leasedUntil: Date;
  readonly version: string;
}

const never = new Date(-8.64e15);

/** The ports of notification over plain maps, with the rules of its SQL. */
export function notificationStores(draft: Draft, say: (news: News, causedBy: Announcement) => Promise<void>): Stores {
  const payments = draft.table<WatchedPayment>('payments');
  const outcomes = draft.table<OutcomeOfPayment>('outcomes');
  const questions = draft.table<OpenQuestion>('questions');
  const refunds = draft.table<WatchedRefund>('refunds');
  const refundOutcomes = draft.table<true>('refund outcomes');
  const paymentQuestions = draft.table<QuestionRow>('inquiries');
  const questionsOf = (id: string) => [...questions.values()].filter((open) => open.paymentRequestId === id);

  return {
    say,
    payments: {
      lock: (id) => soon(orInsert(payments, id, { paymentRequestId: id, status: 'expected', watch: null })),
      find(about) {
        if ('paymentRequestId' in about) return soon(payments.get(about.paymentRequestId) ?? null);
        const named = [...outcomes.values()].find(({ paymentId }) => paymentId === about.paymentId);
        return soon((named && payments.get(named.paymentRequestId)) ?? null);
      },
      save: (payment) => done(payments.set(payment.paymentRequestId, payment)),
    },
    outcomes: {
      claim: (outcome) => soon(insert(outcomes, outcomeKey(outcome), outcome)),
      of: (id) => soon([...outcomes.values()].filter(({ paymentRequestId }) => paymentRequestId === id)),
    },
    waiting: waitingNews<AttemptNews>(draft.table('waiting'), (news) => news.paymentRequestId),
    questions: {
      open: (question) => done(insert(questions, questionKey(question), question)),
      of: (id) => soon(questionsOf(id)),
      close: (question) => done(questions.delete(questionKey(question))),
    },
    inquiries: inquiries(
      paymentQuestions,
      (id) => questionsOf(id).map(({ paymentId }) => paymentId),
      (id) => questionsOf(id).length > 0,
    ),
    rumours: {
      heed(id, now) {
        const row = paymentQuestions.get(id);
        if (row === undefined) return done(0);
        const dueAt = row.plan.dueAt < now ? row.plan.dueAt : now;
        return done(paymentQuestions.set(id, { ...row, plan: { ...row.plan, dueAt, hurries: row.plan.hurries + 1 } }));
      },
    },
    refunds: {
      lock: (id) =>
        soon(orInsert(refunds, id, { refundRequestId: id, status: 'expected', watch: null, refusal: null })),
      save: (refund) => done(refunds.set(refund.refundRequestId, refund)),
      claim: (id, verdict) => soon(insert(refundOutcomes, `${id}/${verdict}`, true)),
      open: (id) =>
        soon(
          [...refunds.values()]
            .filter(({ watch, status }) => watch?.paymentRequestId === id && status !== 'succeeded')
            .map(({ refundRequestId }) => refundRequestId),
        ),
    },
    waitingRefunds: waitingNews<RefundNews>(draft.table('waiting refunds'), (news) => news.refundRequestId),
    refundInquiries: inquiries(
      draft.table('refund inquiries'),
      () => [],
      () => false,
    ),
    waitingRoom: {
      list: () => soon([]),
      foreign: () => soon([]),
      overdue: () => soon({ count: 0, oldest: null }),
    },
    webhooks: { keep: () => done(0) },
    quarantine: {
      tally: () => soon({ rows: 0, bytes: 0, fullSince: null }),
      glance: () => soon({ rows: 0, bytes: 0, fullSince: null }),
      setTally: () => done(0),
      keep: () => done(0),
      forget: () => soon({ rows: 0, bytes: 0 }),
      list: () => soon([]),
      next: () => soon(undefined),
      release: () => done(0),
    },
  };
}

function inquiries(
  rows: Table<QuestionRow>,
  paymentIdsOf: (id: string) => readonly string[],
  isKept: (id: string) => boolean,
): Inquiries {
  return {
    find: (id) => soon(rows.get(id)?.plan),
    plan: (id, plan) => done(rows.set(id, { leasedUntil: never, version: '0', ...rows.get(id), plan })),
    end: (id) => done(!isKept(id) && rows.delete(id)),
    claimDue(now, leasedUntil, limit) {
      const due = [...rows].filter(([, row]) => row.plan.dueAt <= now && row.leasedUntil <= now).slice(0, limit);
      return soon(
        due.map(([id, { plan, version: before }]): InquiryLease => {
          const version = String(Number(before) + 1);
          rows.set(id, { plan, leasedUntil, version });
          return { id, plan, version, paymentIds: [...new Set(paymentIdsOf(id))] };
        }),
      );
    },
    held: ({ id, version }) => soon(rows.get(id)?.version === version ? rows.get(id)?.plan : undefined),
    goOn({ id, version }, plan) {
      const row = rows.get(id);
      return done(row?.version === version && rows.set(id, { ...row, plan, leasedUntil: never }));
    },
  };
}

function waitingNews<Kept>(rows: Table<readonly Kept[]>, idOf: (news: Kept) => string): WaitingNews<Kept> {
  return {
    keep: (news) => done(rows.set(idOf(news), [...(rows.get(idOf(news)) ?? []), news])),
    take(id) {
      const kept = [...(rows.get(id) ?? [])];
      rows.delete(id);
      return soon(kept);
    },
  };
}

const outcomeKey = ({ paymentRequestId, paymentId, verdict }: OutcomeOfPayment): string =>
  [paymentRequestId, paymentId, verdict].join('/');
const questionKey = ({ paymentRequestId, paymentId, kind }: OpenQuestion): string =>
  [paymentRequestId, paymentId, kind].join('/');

export const insert = <Row>(into: Table<Row>, key: string, row: Row): boolean =>
  !into.has(key) && into.set(key, row).has(key);

function orInsert<Row>(into: Table<Row>, key: string, row: Row): Row {
  insert(into, key, row);
  return into.get(key) as Row;
}
