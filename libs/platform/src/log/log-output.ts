import { write, writeSync } from 'node:fs';

export interface LogOutputOptions {
  /** How long a line may wait for others, in milliseconds; 250 by default. */
  readonly flushMs?: number;
  /** How much may wait while nothing reads, in UTF-16 units; 32 million by default. What comes then is dropped and counted. */
  readonly mostWaiting?: number;
}

/** So much is written at once, in UTF-16 units, and does not wait for more. */
const enough = 4_096;
/** How long to wait before a full pipe is tried again, in milliseconds. */
const againMs = 20;
/** How long the end of the process waits for a full pipe that nothing reads, in milliseconds. */
const longestEndMs = 1_000;
const empty = Buffer.alloc(0);

/**
 * Log lines for a file descriptor, gathered and written in the background, whole and in order. Nothing is lost where the
 * process awaits {@link LogOutput.flush} before it exits; whatever still waits at `process.exit`, an uncaught error or the natural end is
 * written then. SIGKILL loses at most what was logged in the last quarter of a second. A closed pipe ends the writing, and nothing else.
 *
 * Not pino's own asynchronous destination: sonic-boom 4.2.1 never returns from `flushSync` once the pipe is closed (a fatal line then
 * keeps the process from exiting), and its `flush` calls back while up to `minLength` bytes still wait.
 */
export class LogOutput {
  readonly #flushMs: number;
  readonly #mostWaiting: number;
  #waiting: string[] = [];
  #length = 0;
  #dropped = 0;
  #chunk: Buffer = empty;
  /** A chunk is being written, or waits for a full pipe. */
  #busy = false;
  #inFlight = false;
  #closed = false;
  #timer: NodeJS.Timeout | undefined;
  #flushing: (() => void)[] = [];

  constructor(
    private readonly fd: number,
    { flushMs = 250, mostWaiting = 32_000_000 }: LogOutputOptions = {},
  ) {
    this.#flushMs = flushMs;
    this.#mostWaiting = mostWaiting;
    process.on('exit', () => this.writeRest());
  }

  write(line: string): void {
    if (this.#closed) return;
    if (this.#length + line.length > this.#mostWaiting) this.#dropped += 1;
    else {
      this.#waiting.push(line);
      this.#length += line.length;
      this.#goOn();
    }
  }

  /** Calls back once everything written so far has been handed to the operating system. */
  flush(done: () => void = () => undefined): void {
    this.#flushing.push(done);
    this.#goOn();
  }

  /** Writes all that waits before it returns; a chunk that is under way is left to the system's thread that writes it. */
  writeRest(): void {
    const fresh = this.#take();
    let rest = this.#inFlight ? fresh : Buffer.concat([this.#chunk, fresh]);
    const deadline = performance.now() + longestEndMs;
    while (rest.length > 0) {
      try {
        rest = rest.subarray(writeSync(this.fd, rest));
      } catch (error) {
        if (!isFull(error) || performance.now() > deadline) return;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, againMs);
      }
    }
  }

  #goOn(): void {
    if (this.#busy) return;
    if (this.#length >= enough || this.#flushing.length > 0) this.#begin();
    else if (this.#length > 0) this.#timer ??= setTimeout(() => this.#begin(), this.#flushMs).unref();
  }

  #begin(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#busy) return;
    this.#chunk = this.#take();
    if (this.#chunk.length > 0) this.#send();
    else for (const done of this.#flushing.splice(0)) done();
  }

  #take(): Buffer {
    if (this.#length === 0) return empty;
    const note = this.#dropped === 0 ? '' : droppedLine(this.#dropped);
    const taken = Buffer.from(this.#waiting.join('') + note);
    this.#waiting = [];
    this.#length = this.#dropped = 0;
    return taken;
  }

  #send(): void {
    this.#busy = this.#inFlight = true;
    write(this.fd, this.#chunk, (error, written) => {
      this.#inFlight = false;
      if (isFull(error)) setTimeout(() => this.#send(), againMs);
      else this.#sent(error, written);
    });
  }

  #sent(error: NodeJS.ErrnoException | null, written: number): void {
    if (error === null) this.#chunk = this.#chunk.subarray(written);
    else {
      this.#closed = error.code === 'EPIPE';
      this.#dropped += this.#chunk.toString().split('\n').length - 1;
      this.#chunk = empty;
    }
    if (this.#chunk.length > 0) return this.#send();
    this.#busy = false;
    if (this.#closed) this.#take();
    this.#goOn();
  }
}

const isFull = (error: unknown): boolean =>
  ['EAGAIN', 'EBUSY'].includes((error as NodeJS.ErrnoException | null)?.code ?? '');

const droppedLine = (dropped: number): string =>
  `${JSON.stringify({ level: 'warn', time: new Date().toISOString(), dropped, message: 'log lines dropped' })}\n`;

let standardOutput: LogOutput | undefined;

/** One for the process: the lines of all loggers are in order. */
export const logToStandardOutput = (): LogOutput => (standardOutput ??= new LogOutput(1));
