import { spawn } from 'node:child_process';
import { root } from './project-root.mjs';

/**
 * Runs a program silently; says that it runs once it takes a second, and what it printed where it fails.
 * @throws where it fails; the program's own words have been printed by then
 */
export function runStep(name, command, args, { env = process.env, cwd = root } = {}) {
  const began = Date.now();
  const seconds = () => `${((Date.now() - began) / 1_000).toFixed(0)} s`;
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk));
  const speak = setTimeout(() => console.error(`${name} …`), 1_000);
  const tick = setInterval(() => console.error(`${name} … ${seconds()}`), 10_000);
  const stopSignals = forward(child);
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new Error(`${name}: ${command} cannot be started (${error.message})`)));
    child.on('close', (code, signal) => {
      if (code === 0) {
        if (Date.now() - began > 1_000) console.error(`${name}: done in ${seconds()}`);
        return resolve();
      }
      process.stderr.write(Buffer.concat(said));
      reject(new Error(`${name}: failed after ${seconds()} (${signal ?? `exit code ${code}`})`));
    });
  }).finally(() => {
    clearTimeout(speak);
    clearInterval(tick);
    stopSignals();
  });
}

/** Whoever stops us stops the step; its failure then ends us. */
function forward(child) {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const pass = (signal) => child.kill(signal);
  for (const signal of signals) process.on(signal, pass);
  return () => signals.forEach((signal) => process.off(signal, pass));
}
