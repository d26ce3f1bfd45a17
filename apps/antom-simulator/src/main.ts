import { faultTable, scenarioTable, startSimulator } from '@kasir/antom-sim';
import { asksForFaults, asksForHelp, asksForScenarios } from './arguments.js';
import { loadConfig } from './config.js';
import { explain } from './explain.js';
import { help } from './help.js';
import { flush, log } from './log.js';

/** However a stop hangs, this is its end. */
const stopWithinMs = 5_000;

async function main(): Promise<void> {
  if (asksForHelp(process.argv)) return void process.stdout.write(help);
  if (asksForScenarios(process.argv)) return void process.stdout.write(`${scenarioTable()}\n`);
  if (asksForFaults(process.argv)) return void process.stdout.write(`${faultTable()}\n`);
  const config = loadConfig(process.env, process.argv.slice(2));
  const simulator = await startSimulator({ ...config, log: (entry) => log(entry.kind, entry) });
  const { clientId, dataFolder, payAfterMs } = config;
  log('ready', { url: simulator.url, health: `${simulator.url}/_sim/health`, clientId, dataFolder, payAfterMs });
  const stop = (signal: string) => {
    log('stopping', { signal });
    setTimeout(() => (flush(), process.exit(1)), stopWithinMs).unref();
    void simulator.stop().then(() => log('stopped'));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error as NodeJS.ErrnoException)}\n`);
  process.exitCode = 1;
});
