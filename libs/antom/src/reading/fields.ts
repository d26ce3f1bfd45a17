import { type Money } from '@kasir/kernel';
import { z } from 'zod';
import { parseTime } from '../times.js';

/** Read leniently: whatever is no text counts as absent. */
export const maybeText = z.string().min(1).optional().catch(undefined);

/** Read leniently: whatever is no ISO 8601 time with an offset counts as absent. */
export const maybeTime = z.string().optional().catch(undefined).transform(parseTime);

/** An amount as Antom says it: to be compared with what was asked for, never corrected. */
export const SaidAmount = z
  .looseObject({ value: z.string().regex(/^\d{1,32}$/), currency: z.string().min(1).max(8) })
  .transform(({ value, currency }): Money => ({ value, currency }));

export const maybeAmount = SaidAmount.optional().catch(undefined);

export const saidId = z.string().min(1).max(64);

/** The first thing that makes something unreadable, with the field's name. */
export function firstProblem({ issues: [first] }: z.ZodError): string {
  return `${first?.path.join('.') ?? ''}: ${first?.message ?? ''}`;
}

type Present<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };

/** Without what is undefined, as optional fields want it. */
export const present = <Fields extends object>(fields: Fields): Present<Fields> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<Fields>;
