import { deferred } from '../waiting.js';
import { Silence } from './silence.js';

const refused = (): boolean => true;
const deadLine = (): boolean => false;
const fails = (): Promise<never> => Promise.reject(new Error('no'));

describe('the broker’s silence', () => {
  let now = 0;
  let silence: Silence;
  beforeEach(() => {
    now = 1_000;
    silence = new Silence(() => now);
  });

  it('is nothing while nobody asks', () => {
    now += 60_000;
    expect(silence.ms()).toBe(0);
  });
  it('grows while an answer is awaited, and ends with it', async () => {
    const answer = deferred();
    const asked = silence.ask(() => answer.promise, deadLine);
    now += 3_000;
    expect(silence.ms()).toBe(3_000);
    answer.resolve();
    await asked;
    expect(silence.ms()).toBe(0);
  });
  it('goes on after a question failed without an answer', async () => {
    await expect(silence.ask(fails, deadLine)).rejects.toThrow('no');
    now += 5_000;
    await expect(silence.ask(fails, deadLine)).rejects.toThrow('no');
    expect(silence.ms()).toBe(5_000);
  });
  it('ends with a refusal, which is an answer', async () => {
    await expect(silence.ask(fails, deadLine)).rejects.toThrow('no');
    now += 5_000;
    await expect(silence.ask(fails, refused)).rejects.toThrow('no');
    expect(silence.ms()).toBe(0);
  });
  it('starts again at an answer when something else is still awaited', async () => {
    const slow = deferred();
    const asked = silence.ask(() => slow.promise, deadLine);
    now += 4_000;
    await silence.ask(() => Promise.resolve(), deadLine);
    now += 1_000;
    expect(silence.ms()).toBe(1_000);
    slow.resolve();
    await asked;
  });
});
