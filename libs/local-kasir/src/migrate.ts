import { join } from 'node:path';
import { spawnGuarded } from '@kasir/local-stack';
import { databaseOwners, entryOf, inherited, settingsOf, type Surroundings } from './parts.js';

/** Runs every service's migrations, each as its own process, as a deployment would. @throws naming the log of the one that failed */
export async function migrate(surroundings: Surroundings, logFolder: string): Promise<void> {
  await Promise.all(
    databaseOwners.map(async (name) => {
      const logFile = join(logFolder, `${name}-migrate.log`);
      const env = { ...inherited(), ...settingsOf(name, surroundings) };
      const run = await spawnGuarded(process.execPath, [entryOf(name, 'migrate')], { env, logFile });
      const { code } = await run.exited;
      if (code !== 0) throw new Error(`the migrations of ${name} failed; the log says why: ${logFile}`);
    }),
  );
}
