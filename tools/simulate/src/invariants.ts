import { type AnyEvent, orders, payments, paymentSessions, sessionRequests } from '@kasir/contracts';
import { type Attempt } from '@kasir/payment-session/domain/attempt';
import { type JobRow } from './memory/jobs.js';
import { type BankSession } from './world/bank.js';
import { type World } from './world/world.js';

/** A promise that has to hold when a world has come to rest. Says what is wrong, a line each. */
type Promise_ = (world: World) => readonly string[];

type Said = AnyEvent & { readonly topic: string };

/** What was said, each fact once. */
function facts(world: World, topic: string, ...types: readonly string[]): readonly Said[] {
  const firsts = new Map(world.bus.said(topic).map((event) => [event.id, event]));
  return [...firsts.values()].filter(({ type }) => types.length === 0 || types.includes(type));
}

const about = ({ data }: Said): string => String((data as { paymentSessionId?: string }).paymentSessionId);
const orderOf = ({ data }: Said): string => data.orderId;
const field = ({ data }: Said, name: string): unknown => (data as unknown as Record<string, unknown>)[name];

const kept = ({ payments: charges }: BankSession) => charges.filter(({ givenBack }) => !givenBack);

/** I1: whoever asks for a session hears what becomes of it, and every attempt ends. */
const everyRequestEnds: Promise_ = (world) => {
  const answered = new Set(
    facts(world, paymentSessions.name, 'PaymentSessionCreated', 'PaymentSessionRejected').map(about),
  );
  const started = facts(world, paymentSessions.name, 'PaymentAttemptStarted').map(about);
  const refused = facts(world, paymentSessions.name, 'PaymentSessionRejected');
  const never = new Set(refused.filter((event) => field(event, 'stage') === 'provider').map(about));
  const ends = ['PaymentSucceeded', 'PaymentExpired', 'PaymentCancelled'];
  const ended = new Set(facts(world, payments.name, ...ends).map(about));
  return [
    ...world.shop.asked.filter((id) => !answered.has(id)).map((id) => `${id} was never answered`),
    ...started.filter((id) => !ended.has(id) && !never.has(id)).map((id) => `${id} has no end`),
  ];
};

/** I3: money that the bank kept pays its order, or is put before a person. */
const noSuccessIsLost: Promise_ = (world) => {
  const paid = new Set(facts(world, orders.name, 'OrderPaid').map(orderOf));
  const cases = facts(world, orders.name, 'OrderNeedsAttention');
  const late = new Set(cases.filter((event) => field(event, 'kind') === 'late-payment').map(orderOf));
  return world.bank.sessions
    .filter((session) => kept(session).length > 0 && !paid.has(session.orderId) && !late.has(session.orderId))
    .map(({ orderId, paymentRequestId }) => `${orderId} was paid by ${paymentRequestId}, and nobody knows`);
};

/** I4: what we call paid was paid, in that amount. */
const noPhantomPayment: Promise_ = (world) =>
  facts(world, orders.name, 'OrderPaid').flatMap((event) => {
    const session = world.bank.session(about(event));
    const charge = session?.payments.find(({ paymentId }) => paymentId === field(event, 'paymentId'));
    const same = JSON.stringify(session?.amount) === JSON.stringify(field(event, 'amount'));
    return charge !== undefined && same && session?.orderId === orderOf(event)
      ? []
      : [`${orderOf(event)} was not paid`];
  });

/** I5: one word of each kind for each payment; and nothing but a success follows an end. */
const noConflictingOutcomes: Promise_ = (world) => {
  const words = new Map<string, string[]>();
  for (const event of facts(world, payments.name))
    words.set(about(event), [...(words.get(about(event)) ?? []), event.type]);
  const over = ['PaymentExpired', 'PaymentCancelled'];
  return [...words].flatMap(([id, said]) => {
    const end = said.findIndex((type) => over.includes(type));
    const after = end < 0 ? [] : said.slice(end + 1);
    const allowed =
      said[end] === 'PaymentCancelled' ? ['PaymentReceivedAfterCancel'] : ['PaymentSucceeded', 'PaymentCancelled'];
    return after.filter((type) => !allowed.includes(type)).map((type) => `${id}: ${type} after ${said[end]}`);
  });
};

/** I6: fulfilment hears of a paid order once; every other success is a case. */
const onePaidOrder: Promise_ = (world) => {
  const paid = facts(world, orders.name, 'OrderPaid').map(orderOf);
  const twice = paid.filter((id, index) => paid.indexOf(id) !== index);
  const cases = facts(world, orders.name, 'OrderNeedsAttention').filter(
    (event) => field(event, 'kind') === 'second-success',
  );
  const successes = facts(world, payments.name, 'PaymentSucceeded');
  const extra = [...new Set(paid)].filter((id) => {
    const count = successes.filter((event) => orderOf(event) === id).length;
    return cases.filter((event) => orderOf(event) === id).length !== count - 1;
  });
  return [...twice.map((id) => `${id} was paid twice`), ...extra.map((id) => `${id}: a second success is no case`)];
};

/** I8: what is forged says nothing. Every word about a payment names one that the bank made. */
const nothingForged: Promise_ = (world) =>
  facts(world, payments.name, 'PaymentSucceeded', 'PaymentReceivedAfterCancel').flatMap((event) => {
    const known = world.bank
      .session(about(event))
      ?.payments.some(({ paymentId }) => paymentId === field(event, 'paymentId'));
    return known === true ? [] : [`${about(event)}: the bank knows no payment ${String(field(event, 'paymentId'))}`];
  });

/** I10: what the bank kept is what we say was paid, to the minor unit. */
const sameMoney: Promise_ = (world) => {
  const theirs = world.bank.sessions.reduce(
    (sum, session) => sum + BigInt(kept(session).length) * BigInt(session.amount.value),
    0n,
  );
  const given = new Set(
    world.bank.sessions.flatMap((session) =>
      session.payments.filter((each) => each.givenBack).map(({ paymentId }) => paymentId),
    ),
  );
  const ours = facts(world, payments.name, 'PaymentSucceeded')
    .filter((event) => !given.has(String(field(event, 'paymentId'))))
    .reduce((sum, event) => sum + BigInt((field(event, 'amount') as { value: string }).value), 0n);
  return theirs === ours ? [] : [`the bank has ${theirs}, we say ${ours}`];
};

const refundIdOf = (event: Said): string => String(field(event, 'refundRequestId'));

/** I10, the other way: what the bank gave back is what we say, each refund once, and never more than was paid. */
const sameRefunds: Promise_ = (world) => {
  const theirs = world.bank.refunds.filter(({ status }) => status === 'given back');
  const ours = facts(world, payments.name, 'RefundSucceeded').map(refundIdOf);
  const told = facts(world, orders.name, 'OrderRefunded').map(refundIdOf);
  const known = theirs.map(({ refundRequestId }) => refundRequestId);
  const overdrawn = world.bank.sessions.flatMap((session) =>
    session.payments.filter(({ paymentId }) => {
      const back = theirs.filter((refund) => refund.paymentId === paymentId);
      return back.reduce((sum, { amount }) => sum + BigInt(amount.value), 0n) > BigInt(session.amount.value);
    }),
  );
  return [
    ...known
      .filter((id) => ours.filter((other) => other === id).length !== 1)
      .map((id) => `${id} went back, and is not told once`),
    ...known
      .filter((id) => told.filter((other) => other === id).length !== 1)
      .map((id) => `${id} is not on the order once`),
    ...ours.filter((id) => !known.includes(id)).map((id) => `${id} never went back`),
    ...overdrawn.map(({ paymentId }) => `more of ${paymentId} went back than came`),
  ];
};

/** Every refund that was asked for is refused before anybody is called, or ends. */
const everyRefundEnds: Promise_ = (world) => {
  const ended = new Set(
    [
      ...facts(world, payments.name, 'RefundSucceeded', 'RefundFailed', 'RefundNeedsAttention'),
      ...facts(world, paymentSessions.name, 'RefundRejected'),
    ].map(refundIdOf),
  );
  return facts(world, sessionRequests.name, 'RefundRequested')
    .map(refundIdOf)
    .filter((id) => !ended.has(id))
    .map((id) => `refund ${id} has no end`);
};

/** I11: everything committed is on its topic, without a gap, in its order, and the same when it is said again. */
const everythingSaid: Promise_ = (world) =>
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

/** I2: the same id was always asked for with the same bytes, and a lock that is shut takes no attempt. */
const oneLivingAttempt: Promise_ = (world) => {
  const attempts = world.mouth.service.memory.rows<JobRow<Attempt>>('attempts').map(({ thing }) => thing);
  return attempts
    .filter(
      ({ status }) => status === 'waiting' || status === 'started' || status === 'created' || status === 'superseded',
    )
    .map(({ paymentSessionId, status }) => `${paymentSessionId} is ${status} for ever`);
};

/** Everything that is promised, by its name. */
export const invariants: Readonly<Record<string, Promise_>> = {
  'I1 every request and attempt ends': everyRequestEnds,
  'I2 no attempt lives for ever': oneLivingAttempt,
  'I3 no success is lost': noSuccessIsLost,
  'I4 no phantom payment': noPhantomPayment,
  'I5 no conflicting outcomes': noConflictingOutcomes,
  'I6 an order is paid once': onePaidOrder,
  'I8 nothing forged is believed': nothingForged,
  'I10 the same money': sameMoney,
  'I10 the same refunds': sameRefunds,
  'I1 every refund ends': everyRefundEnds,
  'I11 everything committed is said': everythingSaid,
};
