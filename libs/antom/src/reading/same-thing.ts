import { type Call } from '../requests/calls.js';
import { type Unsure, unsure } from './judge.js';

/**
 * Antom's signature covers an answer's call and time, not which question it answers: so an answer counts only where
 * it names what was asked about. Undefined when it does.
 */
export function aboutAnother(call: Call, asked: object, body: Readonly<Record<string, unknown>>): Unsure | undefined {
  const [name, value] = Object.entries(asked)[0] as [string, unknown];
  const named = body[name];
  if (named === value) return undefined;
  return named === undefined
    ? unsure(call, 'unreadable', `the answer has no ${name}`, { alarm: true })
    : unsure(call, 'about another', `we asked about ${name} ${String(value)} and were told of another`, {
        alarm: true,
      });
}
