import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readFileSync, readSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogOutput } from './log-output.js';

describe('the output of the log', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kasir-log-'));
  const opened: number[] = [];
  afterAll(async () => {
    opened.forEach((fd) => closeSync(fd));
    await rm(folder, { recursive: true });
  });

  const open = (path: string, flags: string | number): number => {
    const fd = openSync(path, flags);
    opened.push(fd);
    return fd;
  };
  const toFile = (name: string) => {
    const file = join(folder, name);
    const output = new LogOutput(open(file, 'a'));
    return { output, text: () => readFileSync(file, 'utf8') };
  };
  /** A pipe that refuses what does not fit, as one does that Node.js has made its standard output. */
  const toPipe = (name: string, mostWaiting = 32_000_000) => {
    const pipe = join(folder, name);
    execFileSync('mkfifo', [pipe]);
    const reader = open(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
    const output = new LogOutput(open(pipe, constants.O_WRONLY | constants.O_NONBLOCK), { mostWaiting });
    return { output, reader };
  };
  const flush = (output: LogOutput): Promise<void> => new Promise((done) => output.flush(done));
  const lines = Array.from({ length: 20_000 }, (_, index) => `${index} ${'x'.repeat(index % 97)}\n`);

  /** Reads all that a pipe gives until its writer has nothing more to say. */
  async function readAll(reader: number, done: Promise<unknown>): Promise<string> {
    const buffer = Buffer.alloc(65_536);
    let [text, isDone] = ['', false];
    void done.then(() => (isDone = true));
    for (let last = false; !last; await new Promise((next) => setImmediate(next))) {
      last = isDone;
      try {
        for (let read; (read = readSync(reader, buffer)) > 0;) text += buffer.toString('latin1', 0, read);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      }
    }
    return text;
  }

  it('does not make the caller wait for the system', async () => {
    const { output, text } = toFile('asynchronous');
    output.write('one\n');
    expect(text()).toBe('');
    await flush(output);
    expect(text()).toBe('one\n');
  });

  it('is written within a moment without being asked', async () => {
    const { output, text } = toFile('moment');
    output.write('one\n');
    while (text() === '') await new Promise((next) => setTimeout(next, 10));
    expect(text()).toBe('one\n');
  });

  it('is whole and in order once it is flushed', async () => {
    const { output, text } = toFile('order');
    for (const [index, line] of lines.entries()) {
      output.write(line);
      if (index % 999 === 0) await new Promise((next) => setImmediate(next));
    }
    await flush(output);
    expect(text() === lines.join('')).toBe(true);
  });

  it('is whole where it is flushed while a chunk is under way', async () => {
    const { output, text } = toFile('under-way');
    output.write('x'.repeat(50_000));
    output.write('the end\n');
    await flush(output);
    expect(text().endsWith('the end\n')).toBe(true);
  });

  it('waits for a pipe that is full, and loses nothing', async () => {
    const { output, reader } = toPipe('full');
    for (const line of lines) output.write(line);
    expect((await readAll(reader, flush(output))) === lines.join('')).toBe(true);
  });

  it('drops and counts what nothing reads for too long', async () => {
    const { output, reader } = toPipe('unread', 200_000);
    for (let line = 0; line < 500; line += 1) output.write(`${'x'.repeat(999)}\n`);
    const text = await readAll(reader, flush(output));
    const kept = text.match(/^x+$/gm) ?? [];
    expect(kept.length).toBeGreaterThanOrEqual(200);
    expect(text).toContain(`"dropped":${500 - kept.length},"message":"log lines dropped"`);
  });

  it('ends, and throws nothing, where the pipe is closed', async () => {
    const { output, reader } = toPipe('closed');
    closeSync(reader);
    opened.splice(opened.indexOf(reader), 1);
    output.write('one\n');
    output.writeRest();
    output.write('two\n');
    await flush(output);
    output.write('three\n');
    await flush(output);
    output.writeRest();
  });

  it('is whole when the rest is written at once, as at the end of the process', () => {
    const { output, text } = toFile('rest');
    for (const line of lines.slice(0, 10)) output.write(line);
    output.writeRest();
    expect(text()).toBe(lines.slice(0, 10).join(''));
    output.writeRest();
    expect(text()).toBe(lines.slice(0, 10).join(''));
  });
});
