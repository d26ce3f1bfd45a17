import { performance } from 'node:perf_hooks';
import { Agent, request } from 'node:http';
import { path } from './signed.mjs';

/**
 * Sends webhooks at a rate, whatever the server does, and measures each from the moment at which it was due.
 * @returns milliseconds, sorted
 */
export async function openLoop(port, webhooks, rate) {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const began = performance.now();
  const dueAt = (n) => began + (n * 1_000) / rate;
  const answers = [];
  while (answers.length < webhooks.length) {
    while (answers.length < webhooks.length && dueAt(answers.length) <= performance.now())
      answers.push(send(agent, port, webhooks[answers.length], dueAt(answers.length)));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const times = await Promise.all(answers);
  agent.destroy();
  return times.sort((a, b) => a - b);
}

const send = (agent, port, { headers, body }, dueAt) =>
  new Promise((resolve, reject) => {
    const call = request({ port, path, method: 'POST', headers, agent }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`a webhook was answered with ${answer.statusCode}`));
      answer.resume().on('end', () => resolve(performance.now() - dueAt));
    });
    call.on('error', reject).end(body);
  });

export const part = (sorted, share) => Number(sorted[Math.floor((sorted.length - 1) * share)].toFixed(1));
