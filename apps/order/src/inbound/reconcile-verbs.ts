import { type Clock } from '@kasir/kernel';
import { operatorVerb, type OperatorVerbs } from '@kasir/service';
import { z } from 'zod';
import { type UnitOfWork } from '../application/ports.js';
import { reconcile, reconcileMissing } from '../application/reconcile.js';

const id = z.string().regex(/^[A-Za-z0-9_.:-]{1,64}$/, 'must be 1 to 64 letters, digits or _ . : -');
/** As our contracts have it: a case about the row is said to everybody downstream. */
const ownId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 letters, digits, _ or -');
const word = z.string().regex(/^[A-Z_]{1,32}$/, 'must be a status as Antom writes it, such as SUCCESS');
const row = z
  .strictObject({
    line: z.int().min(1),
    kind: z.enum(['payment', 'refund']),
    orderId: id.optional(),
    paymentSessionId: ownId,
    paymentId: id,
    refundRequestId: id.optional(),
    amount: z.strictObject({
      value: z.string().regex(/^\d{1,16}$/, 'must be minor units as digits'),
      currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code'),
    }),
    inquiry: word.optional(),
  })
  .refine(({ kind, refundRequestId }) => (kind === 'refund') === (refundRequestId !== undefined), {
    path: ['refundRequestId'],
    message: 'is for refunds, and for all of them',
  });

const file = z.string().trim().min(1, 'must not be empty').max(200);
/** So many rows are compared while the operator waits. */
const mostRows = 200;
const longestPeriodMs = 31 * 86_400_000;

/** The settlement file as the third witness, beside what we heard and what we asked. */
export const reconcileVerbs = (work: UnitOfWork, clock: Clock): OperatorVerbs => ({
  reconcile: operatorVerb({
    summary: 'compares rows of a settlement file with our books; what differs becomes a case',
    input: z.strictObject({ file, rows: z.array(row).min(1).max(mostRows) }),
    run: async ({ rows, ...input }) => ({
      compared: rows.length,
      differences: await reconcile(work, rows, { file: input.file, at: clock.now().toISOString() }),
    }),
  }),
  'reconcile.missing': operatorVerb({
    summary: 'what was paid or refunded in a period and stands in no file; it becomes a case',
    input: z
      .strictObject({ file, from: z.iso.datetime({ offset: true }), to: z.iso.datetime({ offset: true }) })
      .refine(({ from, to }) => spanOf(from, to) > 0 && spanOf(from, to) <= longestPeriodMs, {
        path: ['to'],
        message: 'must be after from, and at most 31 days later',
      }),
    run: async ({ from, to, ...input }) => ({
      differences: await reconcileMissing(work, new Date(from), new Date(to), {
        file: input.file,
        at: clock.now().toISOString(),
      }),
    }),
  }),
});

const spanOf = (from: string, to: string): number => new Date(to).getTime() - new Date(from).getTime();
