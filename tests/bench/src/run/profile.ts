import { type Statement } from '../measure/postgres.js';
import { type Frame, framesOf, profiled } from '../measure/profiler.js';
import { type MeasuredLeg, type Load, type Stint } from './stint.js';

export interface Profile {
  readonly leg: MeasuredLeg;
  readonly services: readonly {
    readonly service: string;
    readonly frames: Frame;
    readonly statements: readonly Statement[];
  }[];
}

/** A leg during which each service is sampled, so that it costs some percent more than another one, and what each of them asked its database. */
export async function profiledLeg(stint: Stint, load: Load): Promise<Profile> {
  const services = stint.system.processes.flatMap(({ name, pid }) => {
    const known = pid();
    return known === undefined ? [] : [{ name, pid: known }];
  });
  await stint.meters.database.resetStatements();
  let leg: MeasuredLeg | undefined;
  let statements: Readonly<Record<string, readonly Statement[]>> = {};
  const profiles = await profiled(
    services.map(({ pid }) => pid),
    async () => {
      leg = await stint.measure(load, { what: 'profiled' });
      statements = await stint.meters.database.statements();
    },
  );
  return {
    leg: leg!,
    services: services.map(({ name }, index) => ({
      service: name,
      frames: framesOf(profiles[index]!),
      statements: statements[databaseOf(stint, name)] ?? [],
    })),
  };
}

const databaseOf = ({ system: { databases } }: Stint, service: string): string =>
  databases[service === 'subscriber' ? 'fulfilment' : service] ?? '';
