import { inColumns, printable } from '../../in-columns.js';

/** A dead letter as the services print it; its dates are text. */
export interface Letter {
  readonly id: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly key?: string;
  readonly eventType?: string;
  readonly eventId?: string;
  readonly reason: string;
  readonly attempts: number;
  readonly diedAt: string;
  readonly state: string;
  readonly waiting: number;
}

export interface LetterDetails extends Letter {
  readonly sentAt: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body?: string;
  readonly actions: readonly Action[];
}

interface Action {
  readonly action: string;
  readonly done: boolean;
  readonly by: string;
  readonly reason: string;
  readonly outcome: string;
  readonly released: number;
  readonly at: string;
}

export const tableOf = (letters: readonly Letter[]): string =>
  inColumns(
    ['id', 'died at', 'topic', 'key', 'event', 'waiting', 'why'],
    letters.map((letter) => [
      letter.id,
      letter.diedAt,
      letter.topic,
      letter.key ?? 'none',
      letter.eventType ?? 'unreadable',
      String(letter.waiting),
      letter.reason,
    ]),
  );

/** Everything there is to know of one, its body last and as it came. */
export function pageOf(letter: LetterDetails): string {
  const facts = [
    ['dead letter', letter.id],
    ['state', letter.state],
    ['why', letter.reason],
    ['tried', `${letter.attempts} times, given up at ${letter.diedAt}`],
    ['place', `${letter.topic}, partition ${letter.partition}, offset ${letter.offset}, sent at ${letter.sentAt}`],
    ['key', letter.key ?? 'none'],
    ['waiting', `${letter.waiting} messages of this key`],
    ...Object.entries(letter.headers).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
    ...letter.actions.map(({ at, action, by, done, outcome, reason }) => [
      `${action}${done ? '' : ' (failed)'}`,
      `${at} by ${by}: ${reason} (${outcome})`,
    ]),
  ] as [string, string][];
  const [head, ...rest] = facts;
  return `${inColumns(head!, rest)}\n\n${printable(letter.body ?? 'it has no body')}`;
}
