import { type InquiryAnswer, inOneWord } from '../domain/inquiry-answer.js';
import { isOutOfPatience } from '../domain/inquiry-plan.js';
import { closes, type OpenQuestion } from '../domain/open-question.js';
import { type Watch } from '../domain/watched-payment.js';
import { afterCancelEvent, noAnswerEvent } from './events.js';
import { type Stores } from './ports.js';

/** An answer, and the payment of Antom's that was asked about where it was one of them. */
export interface Answered {
  readonly paymentId?: string;
  readonly answer: InquiryAnswer;
}

interface Attempt {
  readonly id: string;
  readonly watch: Watch;
  readonly now: Date;
}

/**
 * Closes what the answers have answered, and what nobody has answered for a week.
 * @returns since when the youngest of those is open that stay so
 */
export async function closeQuestions(
  stores: Stores,
  attempt: Attempt,
  answers: readonly Answered[],
): Promise<Date | undefined> {
  let youngest: Date | undefined;
  for (const question of await stores.questions.of(attempt.id)) {
    const answer = answerTo(question, answers);
    const givenUp = isOutOfPatience(question.since, attempt.now);
    if (answer !== undefined || givenUp) await close(stores, attempt, question, answer);
    else if (youngest === undefined || question.since > youngest) youngest = question.since;
  }
  return youngest;
}

const answerTo = (question: OpenQuestion, answers: readonly Answered[]): InquiryAnswer | undefined =>
  answers.find(
    ({ paymentId, answer }) =>
      (paymentId ?? (answer.kind === 'news' ? answer.news.paymentId : undefined)) === question.paymentId &&
      closes(question, answer),
  )?.answer;

async function close(
  stores: Stores,
  { id, watch, now }: Attempt,
  question: OpenQuestion,
  answer: InquiryAnswer | undefined,
): Promise<void> {
  await stores.questions.close(question);
  const inquiry = answer === undefined ? 'unanswered' : inOneWord(answer);
  if (question.kind === 'after-cancel') {
    const evidence = { inquiry, askedAt: now.toISOString(), ...givenBack(answer) };
    await stores.say(afterCancelEvent(watch, question, evidence), watch.announcedBy);
  } else if (answer === undefined) {
    const { paymentId, since } = question;
    if (!(await stores.outcomes.claim({ paymentRequestId: id, paymentId, verdict: 'no-answer' }))) return;
    const evidence = { inquiry, paymentId, oldNewsCameAt: since.toISOString() };
    await stores.say(noAnswerEvent(watch, id, evidence), watch.announcedBy);
  }
}

/** What Antom says that it has returned of the payment. */
function givenBack(answer: InquiryAnswer | undefined): Record<string, string> {
  if (answer === undefined || !('refunds' in answer)) return {};
  const returned = answer.refunds.filter(({ kind }) => kind === 'succeeded');
  return returned.length === 0
    ? {}
    : { givenBack: returned.map(({ amount: { value, currency } }) => `${value} ${currency}`).join(', ') };
}
