import { type AnyEvent, orders, payments, paymentSessions } from '@kasir/contracts';
import { type Attempt } from '@kasir/payment-session/domain/attempt';
import { type JobRow } from '@kasir/testing/memory';
import { about, facts, field, orderOf, type Invariant, type Said } from './facts.js';
import { everyRefundEnds, returnedMoneyPaysNothing, sameRefunds } from './refund-invariants.js';
import { type BankSession } from './world/bank.js';
import { type World } from './world/world.js';

/** Money that pays nothing by itself. */
const withMoney = (world: World): readonly Said[] =>
  facts(world, payments.name, 'PaymentNeedsAttention').filter((event) => field(event, 'received') !== undefined);

const kept = ({ payments: charges }: BankSession) => charges.filter(({ givenBack }) => !givenBack);

/** I1: whoever asks for a session hears what becomes of it, and every attempt ends. */
const everyRequestEnds: Invariant = (world) => {
  const answered = new Set(
    facts(world, paymentSessions.name, 'PaymentSessionCreated', 'PaymentSessionRejected').map(about),
  );
  const created = facts(world, paymentSessions.name, 'PaymentSessionCreated').map(about);
  const abandoned = facts(world, paymentSessions.name, 'PaymentSessionRejected').filter(
    (event) => field(event, 'stage') === 'abandoned',
  );
  const ends = ['PaymentSucceeded', 'PaymentExpired', 'PaymentCancelled'];
  // Money that pays nothing ends its attempt with its case, and every case is decided.
  const ended = new Set([...facts(world, payments.name, ...ends), ...withMoney(world)].map(about));
  return [
    ...world.shop.asked.filter((id) => !answered.has(id)).map((id) => `${id} was never answered`),
    ...[...created, ...abandoned.map(about)].filter((id) => !ended.has(id)).map((id) => `${id} has no end`),
  ];
};

/** I3: each payment that the bank kept pays its order, or is put before a person. */
const noSuccessIsLost: Invariant = (world) => {
  const known = new Set(
    facts(world, orders.name, 'OrderPaid', 'OrderNeedsAttention').map((event) => field(event, 'paymentId')),
  );
  return world.bank.sessions.flatMap((session) =>
    kept(session)
      .filter(({ paymentId }) => !known.has(paymentId))
      .map(({ paymentId }) => `${session.orderId} was paid by ${paymentId}, and nobody knows`),
  );
};

/** I4: what we call paid was paid, in that amount. */
const noPhantomPayment: Invariant = (world) =>
  facts(world, orders.name, 'OrderPaid').flatMap((event) => {
    const session = world.bank.session(about(event));
    const charge = session?.payments.find(({ paymentId }) => paymentId === field(event, 'paymentId'));
    const asked = field(event, 'acceptedBy') === undefined ? session?.amount : charge?.amount;
    const same = JSON.stringify(asked) === JSON.stringify(field(event, 'amount'));
    return charge !== undefined && same && session?.orderId === orderOf(event)
      ? []
      : [`${orderOf(event)} was not paid`];
  });

const wordOf = (event: Said): string =>
  event.type === 'PaymentPending' && field(event, 'cause') !== 'bank'
    ? `${event.type} ${String(field(event, 'cause'))}`
    : event.type;

/** I5: one word of each kind for each payment; and nothing but a success follows an end. */
const noConflictingOutcomes: Invariant = (world) => {
  const words = new Map<string, string[]>();
  for (const event of facts(world, payments.name))
    words.set(about(event), [...(words.get(about(event)) ?? []), wordOf(event)]);
  const over = ['PaymentExpired', 'PaymentCancelled'];
  return [...words].flatMap(([id, said]) => {
    const end = said.findIndex((type) => over.includes(type));
    const after = end < 0 ? [] : said.slice(end + 1);
    const always = [
      'PaymentNeedsAttention',
      'PaymentReturned',
      'RefundSucceeded',
      'RefundFailed',
      'PaymentPending inquiring-after-cancel',
    ];
    const allowed = said[end] === 'PaymentCancelled' ? always : [...always, 'PaymentSucceeded', 'PaymentCancelled'];
    return after.filter((type) => !allowed.includes(type)).map((type) => `${id}: ${type} after ${said[end]}`);
  });
};

/** I5: no attempt is called expired while somebody who has its session may still pay in it. */
const noneExpiresEarly: Invariant = (world) => {
  const opened = new Set(facts(world, paymentSessions.name, 'PaymentSessionCreated').map(about));
  return facts(world, payments.name, 'PaymentExpired').flatMap((event) => {
    const session = world.bank.session(about(event));
    return session === undefined || !opened.has(about(event)) || new Date(event.time) >= session.expiresAt
      ? []
      : [`${about(event)} expired at ${event.time}, and could be paid until ${session.expiresAt.toISOString()}`];
  });
};

/** I6: an order is paid again only when the money that paid it went back; every other success is a case. */
const onePaidOrder: Invariant = (world) => {
  const open = new Set<string>();
  const twice = facts(world, orders.name, 'OrderPaid', 'OrderPaymentReturned').flatMap((event) => {
    const id = orderOf(event);
    if (event.type === 'OrderPaymentReturned') {
      if (field(event, 'paidBy') === null) open.delete(id);
      return [];
    }
    if (open.has(id)) return [`${id} was paid twice`];
    open.add(id);
    return [];
  });
  const known = new Set(
    facts(world, orders.name, 'OrderPaid', 'OrderNeedsAttention').map((event) => field(event, 'paymentId')),
  );
  const extra = facts(world, payments.name, 'PaymentSucceeded').filter(
    (event) => !known.has(field(event, 'paymentId')),
  );
  return [
    ...twice,
    ...extra.map((event) => `${orderOf(event)}: ${String(field(event, 'paymentId'))} pays nothing and is no case`),
  ];
};

/** I1: what was put before a person is decided in the end. */
const everyCaseIsDecided: Invariant = (world) => {
  const decided = facts(world, orders.name, 'OrderAttentionResolved')
    .filter((event) => field(event, 'status') === 'resolved')
    .map((event) => field(event, 'caseId'));
  const opened = new Set(
    facts(world, orders.name, 'OrderNeedsAttention').map((event) => String(field(event, 'caseId'))),
  );
  return [...opened].filter((id) => !decided.includes(id)).map((id) => `${id} was never decided`);
};

/** I8: what is forged says nothing. Every word about a payment names one that the bank made. */
const nothingForged: Invariant = (world) =>
  [...facts(world, payments.name, 'PaymentSucceeded'), ...withMoney(world)].flatMap((event) => {
    const known = world.bank
      .session(about(event))
      ?.payments.some(({ paymentId }) => paymentId === field(event, 'paymentId'));
    return known === true ? [] : [`${about(event)}: the bank knows no payment ${String(field(event, 'paymentId'))}`];
  });

/** I10: what the bank kept is what we say was paid, to the minor unit. */
const sameMoney: Invariant = (world) => {
  const theirs = world.bank.sessions.flatMap(kept).reduce((sum, { amount }) => sum + BigInt(amount.value), 0n);
  const given = new Set(
    world.bank.sessions.flatMap((session) =>
      session.payments.filter((each) => each.givenBack).map(({ paymentId }) => paymentId),
    ),
  );
  const ours = [...facts(world, payments.name, 'PaymentSucceeded'), ...withMoney(world)]
    .filter((event) => !given.has(String(field(event, 'paymentId'))))
    .reduce(
      (sum, event) =>
        sum +
        BigInt((field(event, event.type === 'PaymentSucceeded' ? 'amount' : 'received') as { value: string }).value),
      0n,
    );
  return theirs === ours ? [] : [`the bank has ${theirs}, we say ${ours}`];
};

/** I11: everything committed is on its topic, without a gap, in its order, and the same when it is said again. */
const everythingSaid: Invariant = (world) =>
  [world.mouth, world.ear, world.orders].flatMap(({ service }) => {
    if (service.memory.rows('outbox').length > 0) return ['an outbox is not empty'];
    const committed = service.memory.rows<AnyEvent>('ever said');
    const heard = world.bus.said();
    const missing = committed
      .filter(({ id }) => !heard.some((event) => event.id === id))
      .map(({ type, subject }) => `${type} of ${subject} was never said`);
    return [...missing, ...gaps(heard.filter(({ source }) => committed.some((event) => event.source === source)))];
  });

function gaps(heard: readonly Said[]): string[] {
  const last = new Map<string, number>();
  const seen = new Map<string, string>();
  return heard.flatMap((event) => {
    const body = JSON.stringify(event.data);
    const before = seen.get(event.id);
    seen.set(event.id, body);
    if (before !== undefined) return before === body ? [] : [`${event.type} ${event.id} was said with other words`];
    const key = `${event.source}/${event.subject}`;
    const expected = (last.get(key) ?? 0) + 1;
    last.set(key, event.sequence);
    return event.sequence === expected ? [] : [`${key}: ${event.sequence} after ${expected - 1}`];
  });
}

/** I2: however often a session or a refund is asked for, its id always comes with the same bytes. */
const sameBytes: Invariant = (world) =>
  [...world.calls.asked]
    .filter(([, bodies]) => bodies.size > 1)
    .map(([id, bodies]) => `${id} was asked for with ${bodies.size} bodies`);

/** I2: what is over stands in no other attempt's way. */
const noneLivesForEver: Invariant = (world) => {
  const attempts = world.mouth.service.memory.rows<JobRow<Attempt>>('attempts').map(({ thing }) => thing);
  return attempts
    .filter(
      ({ status }) => status === 'waiting' || status === 'started' || status === 'created' || status === 'superseded',
    )
    .map(({ paymentSessionId, status }) => `${paymentSessionId} is ${status} for ever`);
};

/** Everything that is promised, by its name. */
export const invariants: Readonly<Record<string, Invariant>> = {
  'I1 every request and attempt ends': everyRequestEnds,
  'I1 every case is decided': everyCaseIsDecided,
  'I2 the same id, the same bytes': sameBytes,
  'I2 no attempt lives for ever': noneLivesForEver,
  'I3 no success is lost': noSuccessIsLost,
  'I4 no phantom payment': noPhantomPayment,
  'I4 money that went back pays nothing': returnedMoneyPaysNothing,
  'I5 no conflicting outcomes': noConflictingOutcomes,
  'I5 none expires early': noneExpiresEarly,
  'I6 an order is paid once': onePaidOrder,
  'I8 nothing forged is believed': nothingForged,
  'I10 the same money': sameMoney,
  'I10 the same refunds': sameRefunds,
  'I1 every refund ends': everyRefundEnds,
  'I11 everything committed is said': everythingSaid,
};
