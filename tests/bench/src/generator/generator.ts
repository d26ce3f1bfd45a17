import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import {
  type AnswerMessage,
  type GeneratorCalls,
  type GeneratorTarget,
  type LegOrder,
  type Progress,
} from './protocol.js';

/** The generator's process, driven from here. */
export class Generator {
  onProgress: (progress: Progress) => void = () => undefined;
  private readonly child: ChildProcess;
  private readonly waiting = new Map<number, PromiseWithResolvers<unknown>>();
  private asked = 0;

  private constructor() {
    this.child = fork(fileURLToPath(new URL('./main.js', import.meta.url)), { serialization: 'advanced' });
    this.child.on('message', (message) => this.hear(message as AnswerMessage));
    this.child.on('exit', (code) => {
      for (const { reject } of this.waiting.values()) reject(new Error(`the generator ended with ${code}`));
    });
  }

  static async open(target: GeneratorTarget): Promise<Generator> {
    const generator = new Generator();
    await generator.call('open', target);
    return generator;
  }

  get pid(): number {
    return this.child.pid!;
  }

  readonly prepare = (order: LegOrder) => this.call('prepare', order);
  readonly run = () => this.call('run');
  readonly paidEvents = () => this.call('paidEvents');
  readonly ownRequests = () => this.call('ownRequests');

  async close(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.disconnect();
    await ended;
  }

  private call<Name extends keyof GeneratorCalls>(
    call: Name,
    ...args: Parameters<GeneratorCalls[Name]>
  ): ReturnType<GeneratorCalls[Name]> {
    this.asked += 1;
    const answer = Promise.withResolvers<unknown>();
    this.waiting.set(this.asked, answer);
    this.child.send({ id: this.asked, call, args });
    return answer.promise as ReturnType<GeneratorCalls[Name]>;
  }

  private hear(message: AnswerMessage): void {
    if ('progress' in message) return this.onProgress(message.progress);
    const answer = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if ('error' in message) answer?.reject(new Error(message.error));
    else answer?.resolve(message.result);
  }
}
