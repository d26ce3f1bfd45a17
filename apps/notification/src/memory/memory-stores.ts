import { type News, type NextDue, type Stores, type UnitOfWork } from '../application/ports.js';
import { type Announcement } from '../domain/watched-payment.js';
import { inquiriesIn, nextDueOf } from './memory-inquiries.js';
import { emptyState, keyOf, type MemoryState, taken } from './memory-state.js';
import { webhookStores } from './memory-webhooks.js';

export interface Said {
  readonly news: News;
  readonly causedBy: Announcement;
}

/** The ports in memory: transactions one after the other, and what fails leaves no trace. */
export class MemoryUnitOfWork implements UnitOfWork {
  #state = emptyState();
  #last: Promise<unknown> = Promise.resolve();
  readonly #said: Said[] = [];

  run<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
    const result = this.#last.then(() => this.#commit(work));
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Everything that was said in transactions that were committed, in order. */
  get said(): readonly Said[] {
    return this.#said;
  }

  readonly nextDue: NextDue = (now) => {
    const { inquiries, refundInquiries } = this.#state;
    return Promise.resolve({ payments: nextDueOf(inquiries, now), refunds: nextDueOf(refundInquiries, now) });
  };

  async #commit<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
    const state = structuredClone(this.#state);
    const said: Said[] = [];
    const result = await work(storesOf(state, said));
    this.#state = state;
    this.#said.push(...said);
    return result;
  }
}

const done = <T>(value: T): Promise<T> => Promise.resolve(value);
const nothing = Promise.resolve();

function storesOf(state: MemoryState, said: Said[]): Stores {
  return {
    ...paymentStores(state),
    ...refundStores(state),
    ...waitingStores(state),
    ...webhookStores(state),
    say: (news, causedBy) => (said.push({ news, causedBy }), nothing),
  };
}

function paymentStores(state: MemoryState) {
  const { payments, outcomes, questions, inquiries } = state;
  return {
    payments: {
      lock: (paymentRequestId) => {
        const known = payments.get(paymentRequestId) ?? { paymentRequestId, status: 'expected', watch: null };
        payments.set(paymentRequestId, known);
        return done(known);
      },
      find: (payment) => {
        const id =
          'paymentRequestId' in payment
            ? payment.paymentRequestId
            : [...outcomes.values()].find(({ paymentId }) => paymentId === payment.paymentId)?.paymentRequestId;
        return done(payments.get(id ?? '') ?? null);
      },
      save: (payment) => (payments.set(payment.paymentRequestId, payment), nothing),
    },
    outcomes: {
      claim: (outcome) => {
        const key = keyOf(outcome.paymentRequestId, outcome.paymentId, outcome.verdict);
        const isNew = !outcomes.has(key);
        if (isNew) outcomes.set(key, outcome);
        return done(isNew);
      },
      of: (id) => done([...outcomes.values()].filter(({ paymentRequestId }) => paymentRequestId === id)),
    },
    questions: {
      open: (question) => {
        const key = keyOf(question.paymentRequestId, question.paymentId, question.kind);
        if (!questions.has(key)) questions.set(key, question);
        return nothing;
      },
      of: (id) => done([...questions.values()].filter(({ paymentRequestId }) => paymentRequestId === id)),
      close: ({ paymentRequestId, paymentId, kind }) => {
        questions.delete(keyOf(paymentRequestId, paymentId, kind));
        return nothing;
      },
    },
    inquiries: inquiriesIn(
      inquiries,
      (id) => [...questions.values()].filter((open) => open.paymentRequestId === id).map(({ paymentId }) => paymentId),
      () => state.nextNumber++,
    ),
    rumours: {
      heed: (id, now, since) => {
        const known = inquiries.get(id);
        if (known === undefined || (known.rumourAt !== null && known.rumourAt > since)) return nothing;
        const dueAt = known.plan.dueAt < now ? known.plan.dueAt : now;
        inquiries.set(id, { ...known, plan: { ...known.plan, dueAt, hurries: known.plan.hurries + 1 }, rumourAt: now });
        return nothing;
      },
    },
  } satisfies Partial<Stores>;
}

function refundStores(state: MemoryState) {
  const { refunds, refundOutcomes, refundInquiries } = state;
  return {
    refunds: {
      lock: (refundRequestId) => {
        const unknown = { refundRequestId, status: 'expected' as const, watch: null, refusal: null };
        const known = refunds.get(refundRequestId) ?? unknown;
        refunds.set(refundRequestId, known);
        return done(known);
      },
      save: (refund) => (refunds.set(refund.refundRequestId, refund), nothing),
      claim: (id, verdict) => {
        const key = keyOf(id, verdict);
        const isNew = !refundOutcomes.has(key);
        refundOutcomes.add(key);
        return done(isNew);
      },
      open: (id) =>
        done(
          [...refunds.values()]
            .filter(({ watch, status }) => watch?.paymentRequestId === id && ['watched', 'refused'].includes(status))
            .map(({ refundRequestId }) => refundRequestId),
        ),
    },
    refundInquiries: inquiriesIn(
      refundInquiries,
      () => [],
      () => state.nextNumber++,
    ),
  } satisfies Partial<Stores>;
}

function waitingStores(state: MemoryState) {
  const all = () => [
    ...state.waiting.map(({ news, since }) => ({ about: 'payment' as const, id: news.paymentRequestId, news, since })),
    ...state.waitingRefunds.map(({ news, since }) => ({
      ...{ about: 'refund' as const, id: news.refundRequestId },
      ...{ news, since },
    })),
  ];
  return {
    waiting: {
      keep: (news, since) => (state.waiting.push({ news, since }), nothing),
      take: (id) => done(taken(state.waiting, ({ news }) => news.paymentRequestId === id).map(({ news }) => news)),
    },
    waitingRefunds: {
      keep: (news, since) => (state.waitingRefunds.push({ news, since }), nothing),
      take: (id) =>
        done(taken(state.waitingRefunds, ({ news }) => news.refundRequestId === id).map(({ news }) => news)),
    },
    waitingRoom: {
      list: (limit) =>
        done(
          all()
            .map(({ news, ...item }) => ({ ...item, kind: news.kind }))
            .slice(0, limit),
        ),
      foreign: (limit) =>
        done(
          state.webhooks
            .filter(({ foreign }) => foreign)
            .map(({ about, webhook: { receivedAt } }) => ({ about, receivedAt }))
            .slice(-limit)
            .reverse(),
        ),
      overdue: (before) => {
        const late = all().filter(({ since }) => since <= before);
        const oldest = late.map(({ since }) => since).sort((a, b) => a.getTime() - b.getTime())[0];
        return done({ count: late.length, oldest: oldest ?? null });
      },
    },
  } satisfies Partial<Stores>;
}
