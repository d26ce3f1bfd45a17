import { z } from 'zod';
import { type Answer } from '../http/answer.js';
import { type Reaction } from '../reactions/reaction.js';
import { maybeTime, present } from '../reading/fields.js';
import { judge, type Unsure, unsure } from '../reading/judge.js';

const Session = z.looseObject({ paymentSessionData: z.string().min(1), paymentSessionExpiryTime: maybeTime });

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
  /** There may be a session: ask again with the same bytes. */
  | Unsure;

/** Puts Antom's answer to createPaymentSession into our words. */
export function readSessionAnswer(answer: Answer): SessionAnswer {
  const judged = judge('createPaymentSession', answer);
  if (judged.kind === 'unknown') return judged;
  const { result, rule, body } = judged;
  if (result.status !== 'S')
    return { kind: 'refused', code: result.code, message: result.message, reaction: rule.reaction };
  const session = Session.safeParse(body);
  if (!session.success)
    return unsure('createPaymentSession', 'unreadable', 'Antom answered S without paymentSessionData', {
      alarm: true,
    });
  const { paymentSessionData: sessionData, paymentSessionExpiryTime: sessionExpiresAt } = session.data;
  return { kind: 'created', sessionData, ...present({ sessionExpiresAt }) };
}
