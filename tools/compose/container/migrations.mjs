import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Brings each service's database up to its program, each in a process of its own. @throws naming the service whose migrations failed */
export const migrate = (urls) =>
  Promise.all(
    Object.entries(urls).map(async ([service, DATABASE_URL]) => {
      const program = `apps/${service}/dist/src/migrate.js`;
      const run = spawn(process.execPath, [program], { env: { ...process.env, DATABASE_URL }, stdio: 'inherit' });
      const [code, signal] = await once(run, 'exit');
      if (code !== 0) throw new Error(`the migrations of ${service} failed (${signal ?? `exit code ${code}`})`);
    }),
  );
