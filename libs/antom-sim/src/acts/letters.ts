import { newAntomId, newLetterId } from '../ids.js';
import { paymentNotification } from '../notifications/payment-notification.js';
import { type Decision } from '../payments.js';
import { type NewsFault } from '../rules/scenario.js';
import { type Letter, type Mischief } from '../state/letter.js';
import { type Session } from '../state/views.js';

export interface News {
  readonly session: Session;
  readonly paymentId: string;
  readonly decision: Decision;
  readonly now: Date;
  /** What a rule does to it. */
  readonly fault: NewsFault | undefined;
}

/** What Antom writes to the merchant about a decision. Of a cancel it writes nothing: its answer says it. */
export function lettersAbout({ session, paymentId, decision, now, fault = {} }: News): Letter[] {
  const { outcome, code, overtaken, charged } = decision;
  if (outcome === 'cancelled') return [];
  const { paymentRequestId, notifyUrl, metadata } = session;
  const amount = charged ?? session.amount;
  const createdAt = new Date(session.submittedAt ?? now);
  const said =
    fault.wrongAmount === undefined ? amount : { ...amount, value: fault.wrongAmount.value ?? more(amount.value) };
  const news = { paymentRequestId, paymentId, amount: said, outcome, code, createdAt, now, metadata };
  const mischief = { ...mischiefOf(fault, now), ...(overtaken === true ? { overtaken } : {}) };
  const about = { about: 'payment' as const, paymentRequestId, outcome, url: notifyUrl };
  const letter = (body: string): Letter => ({ id: newLetterId(), ...about, body });
  const stranger = {
    ...news,
    paymentRequestId: `stranger-${paymentRequestId}`.slice(0, 64),
    paymentId: newAntomId(now),
  };
  return [
    ...(fault.withStranger === true ? [letter(paymentNotification(stranger))] : []),
    { ...letter(paymentNotification(news)), ...(Object.keys(mischief).length === 0 ? {} : { mischief }) },
  ];
}

/** What goes wrong with a letter on its way. */
export const mischiefOf = ({ mischief, lateMs }: NewsFault, now: Date): Mischief => ({
  ...mischief,
  ...(lateMs === undefined ? {} : { notBefore: new Date(now.getTime() + lateMs).toISOString() }),
});

const more = (value: string): string => String(BigInt(value) + 1n);
