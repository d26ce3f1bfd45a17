import { type Tx } from '../../database.js';
import { differingFields, type Own } from './own-event.js';
import { type Next, type Story } from './story.js';
import { Tally } from './tally.js';
import { applyDecision, applyMessage, type Outcome, type ReadBack, type SaidRow, takeSaid } from './turn.js';

export interface Teller {
  readonly consumer: string;
  readonly readBack: ReadBack;
  /** Sets the clock that everything in the service looks at. */
  readonly setClock: (at: Date) => void;
  readonly tally: Tally;
}

interface Told {
  readonly outcome: Outcome | 'readBack';
  readonly said: readonly SaidRow[];
}

/**
 * Applies the story of one key. Where several messages may come next, the first one is taken after which the service says all that
 * it said of it then; else the first one after which it says what nothing else can have made it say; else the likeliest one, and
 * what differs is counted. Where something differs in the end, the story is told once more for each of its topics, with that topic
 * ahead, and the first telling counts in which nothing differs; else the first of all.
 */
export async function retell(tx: Tx, story: Story, teller: Teller): Promise<void> {
  const tally =
    (await firstClean(tx, [story, ...story.variants()], teller)) ?? (await tellAll(tx, story.again(), teller));
  teller.tally.add(tally);
  const last = story.own.at(-1);
  if (last !== undefined) await tx.query(countOn, [last.key, last.event.sequence]);
}

async function firstClean(tx: Tx, stories: readonly Story[], teller: Teller): Promise<Tally | undefined> {
  for (const story of stories) {
    await tx.query('savepoint story');
    const tally = await tellAll(tx, story, teller);
    if (tally.clean) return tally;
    await tx.query('rollback to savepoint story');
  }
  return undefined;
}

async function tellAll(tx: Tx, story: Story, teller: Teller): Promise<Tally> {
  const tally = new Tally();
  for (let choice = story.next(); choice.length > 0; choice = story.next()) {
    const [next, told] =
      (await firstThatFits(tx, choice, story, teller, allOfIt)) ??
      (await firstThatFits(tx, choice, story, teller, whatItOwes)) ??
      ([choice[0]!, await tell(tx, choice[0]!, teller)] as const);
    count(next, told, story, tally);
    story.advance(next);
  }
  for (const own of story.own.filter(({ done }) => !done)) tally.unsaid(own);
  return tally;
}

/** The next event of this key goes on where the service's own topic ends. */
const countOn = `
  insert into event_sequences as counter (key, last) values ($1, $2)
  on conflict (key) do update set last = greatest(counter.last, excluded.last)`;

type Expectation = (next: Next) => readonly Own[];
const allOfIt: Expectation = (next) => (next.kind === 'message' ? next.caused : []);
const whatItOwes: Expectation = (next) => (next.kind === 'message' ? next.owed : []);

async function firstThatFits(
  tx: Tx,
  choice: readonly Next[],
  story: Story,
  teller: Teller,
  expected: Expectation,
): Promise<readonly [Next, Told] | undefined> {
  for (const next of choice) {
    await tx.query('savepoint turn');
    const told = await tell(tx, next, teller);
    if (fits(expected(next), told.said, story)) {
      await tx.query('release savepoint turn');
      return [next, told];
    }
    await tx.query('rollback to savepoint turn');
  }
  return undefined;
}

async function tell(tx: Tx, next: Next, { consumer, readBack, setClock }: Teller): Promise<Told> {
  setClock(next.at);
  if (next.kind === 'message')
    return { outcome: await applyMessage(tx, consumer, next.message, next.at), said: await takeSaid(tx) };
  await applyDecision(tx, readBack, next.own.event);
  return { outcome: 'readBack', said: await takeSaid(tx) };
}

function fits(expected: readonly Own[], said: readonly SaidRow[], { own }: Story): boolean {
  const asThen = said.every((row) => own.some((each) => isOf(each, row) && differingFields(row, each).length === 0));
  return asThen && expected.every((each) => said.some((row) => isOf(each, row)));
}

function count(next: Next, { outcome, said }: Told, { own }: Story, tally: Tally): void {
  for (const row of said) {
    const known = own.find((each) => isOf(each, row));
    tally.said(row, known);
    if (known !== undefined) known.done = true;
  }
  if (outcome !== 'readBack') tally[outcome] += 1;
  if (next.kind === 'decision') {
    if (!next.own.done) tally.outgoing.readBack += 1;
    next.own.done = true;
    return;
  }
  for (const each of next.owed.filter(({ done }) => !done)) {
    each.done = true;
    tally.unsaid(each);
  }
}

const isOf = ({ event }: { readonly event: { readonly id: string } }, { event_id }: SaidRow): boolean =>
  event.id === event_id;
