import { type Console } from '../../command.js';
import { operatorOf, type OperatorDoor } from '../../operator/operator-of.js';
import { OperatorProblem } from '../../operator/operator-problem.js';

interface Doubtful {
  readonly orderId: string | null;
  readonly paymentSessionId: string;
}

/**
 * Has Antom asked about every attempt of ours of which file and books differ. What it answers becomes an outcome in the usual way.
 * @returns what there is to say of it; nothing where nothing is in doubt
 */
export async function askThirdWitness(differences: readonly Doubtful[], console: Console): Promise<readonly string[]> {
  const ours = differences.filter(({ orderId }) => orderId !== null);
  const ids = new Set(ours.map(({ paymentSessionId }) => paymentSessionId));
  if (ids.size === 0) return [];
  try {
    const ear = operatorOf('notification', undefined, console);
    let asked = 0;
    for (const id of ids) if (await isAskedAbout(id, ear)) asked += 1;
    return [`Antom is asked about ${asked} ${asked === 1 ? 'attempt that differs' : 'attempts that differ'}`];
  } catch (error) {
    if (!(error instanceof OperatorProblem)) throw error;
    return [`Antom is not asked: ${error.message}`];
  }
}

/** An attempt that only the file knows can be asked about by nobody. */
const isAskedAbout = (paymentSessionId: string, ear: OperatorDoor): Promise<boolean> =>
  ear.ask('inquire', { paymentSessionId }).then(
    () => true,
    (error: unknown) => {
      if (error instanceof OperatorProblem && error.code === 'no_such_payment') return false;
      throw error;
    },
  );
