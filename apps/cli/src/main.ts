import { commands } from './commands/table.js';
import { run } from './run.js';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

process.exitCode = await run(process.argv.slice(2), commands, { env: process.env, say });
