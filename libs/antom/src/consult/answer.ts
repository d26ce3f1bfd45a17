import { z } from 'zod';
import { type Answer } from '../http/answer.js';
import { judge, type Unsure, unsure } from '../reading/judge.js';
import { type OfferedMethod, readMethod } from './offered-method.js';

/** What Antom can offer, in our own words. */
export type ConsultAnswer =
  | {
      readonly kind: 'answered';
      readonly methods: readonly OfferedMethod[];
      /** How many more Antom named without saying what they are. */
      readonly unreadable: number;
    }
  | Unsure;

const Said = z.looseObject({ paymentOptions: z.array(z.unknown()) });

/** Puts Antom's answer to consult into our words. */
export function readConsultAnswer(answer: Answer): ConsultAnswer {
  const judged = judge('consult', answer);
  if (judged.kind === 'unknown') return judged;
  const said = Said.safeParse(judged.body);
  if (!said.success) return unsure('consult', 'unreadable', 'Antom answered S without paymentOptions', { alarm: true });
  const { paymentOptions } = said.data;
  const methods = paymentOptions.map(readMethod).filter((method) => method !== undefined);
  return { kind: 'answered', methods, unreadable: paymentOptions.length - methods.length };
}
