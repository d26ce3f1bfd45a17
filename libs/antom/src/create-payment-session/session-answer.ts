import { z } from 'zod';
import { type Answer, type UnknownReason } from '../http/answer.js';
import { parseTime } from '../times.js';
import { type Reaction, reactionTo } from './reactions.js';

const Session = z.looseObject({
  paymentSessionData: z.string().min(1),
  paymentSessionExpiryTime: z.string().optional().catch(undefined),
});

/** What came of asking for a payment session, in our own words. */
export type SessionAnswer =
  | {
      readonly kind: 'created';
      /** Opaque, and secret: whoever holds it can pay. */
      readonly sessionData: string;
      readonly sessionExpiresAt?: Date;
    }
  /** Antom says under its signature that there is no session. After an unanswered try even that decides nothing. */
  | { readonly kind: 'refused'; readonly code: string; readonly message: string; readonly reaction: Reaction }
  /** There may be a session: ask again with the same bytes. An alarm wants a person as well. */
  | {
      readonly kind: 'unknown';
      readonly reason: UnknownReason | 'undecided' | 'unverified';
      readonly detail: string;
      readonly alarm: boolean;
    };

/** Puts Antom's answer to createPaymentSession into our words. */
export function readSessionAnswer(answer: Answer): SessionAnswer {
  if (answer.kind === 'unknown') return { ...answer, alarm: answer.reason === 'bad signature' };
  const { code, message } = answer.result;
  if (answer.kind === 'unverified') return unknown('unverified', `${code}: ${message}`, true);
  const { reaction, final } = reactionTo(answer.result);
  if (reaction === 'go on') return created(answer.body);
  if (!final) return unknown('undecided', `${code}: ${message}`, reaction === 'configuration alarm');
  return { kind: 'refused', code, message, reaction };
}

function created(body: unknown): SessionAnswer {
  const session = Session.safeParse(body);
  if (!session.success) return unknown('unreadable', 'Antom answered S without paymentSessionData', true);
  const sessionExpiresAt = parseTime(session.data.paymentSessionExpiryTime);
  const sessionData = session.data.paymentSessionData;
  return sessionExpiresAt === undefined
    ? { kind: 'created', sessionData }
    : { kind: 'created', sessionData, sessionExpiresAt };
}

const unknown = (
  reason: Extract<SessionAnswer, { kind: 'unknown' }>['reason'],
  detail: string,
  alarm: boolean,
): SessionAnswer => ({ kind: 'unknown', reason, detail, alarm });
