import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { type Console } from '../../command.js';

/** Runs a program of ours with an environment of its own; what it complains about goes where our own complaints go. @returns its exit code */
export async function runProgram(
  file: string,
  args: readonly string[],
  env: Console['env'],
  onLine: (line: string) => void,
): Promise<number> {
  const child = spawn(process.execPath, [file, ...args], { env: { ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
  for await (const line of createInterface(child.stdout)) onLine(line);
  return ended;
}
