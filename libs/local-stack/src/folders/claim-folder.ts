import { randomInt } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { processBirth } from './process-birth.js';

/** Who holds a folder. */
export interface Holder {
  readonly pid: number;
  /** Tells the process from a later one with the same id. */
  readonly birth: string;
  /** ISO 8601 */
  readonly startedAt: string;
  /** What the holder wrote about itself: the addresses to find it at. */
  readonly notes: readonly string[];
}

export interface Claim {
  /** Leaves word for whoever is refused: the addresses to find us at. */
  note(notes: readonly string[]): Promise<void>;
  release(): Promise<void>;
}

/** Somebody alive holds the folder. */
export class FolderInUse extends Error {
  constructor(
    readonly folder: string,
    readonly holder: Holder,
  ) {
    const { pid, startedAt, notes } = holder;
    super([`already running: process ${pid}, since ${startedAt}`, ...notes.map((note) => `  ${note}`)].join('\n'));
    this.name = 'FolderInUse';
  }
}

/**
 * Makes this process the only one that uses a folder, until it releases it or ends, however it ends.
 * A claim is a file named after its process: written first, then compared with the others, so that of two at once at most one stays,
 * and a dead process's file can be removed by anybody without harm.
 * @throws FolderInUse with the one who holds it
 */
export async function claimFolder(folder: string): Promise<Claim> {
  await mkdir(folder, { recursive: true });
  for (let attempt = 1; ; attempt += 1) {
    const claim = await writeClaim(folder);
    const rival = (await livingHolders(folder)).find((holder) => holder.file !== claim.file);
    if (rival === undefined) return claim;
    await claim.release();
    if (attempt === attempts) throw new FolderInUse(folder, rival);
    await pause(randomInt(20, 120));
  }
}

/** Two that come at the same moment both step back; one of them is luckier the next time. */
const attempts = 4;

/**
 * Waits for a claim that somebody else holds.
 * @throws FolderInUse when the time is up
 */
export async function whenClaimed(
  claim: () => Promise<Claim>,
  timeoutMs: number,
  onWaiting?: () => void,
): Promise<Claim> {
  const deadline = Date.now() + timeoutMs;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await claim();
    } catch (error) {
      if (!(error instanceof FolderInUse) || Date.now() >= deadline) throw error;
      if (attempt === 1) onWaiting?.();
      await pause(100);
    }
  }
}

async function writeClaim(folder: string): Promise<Claim & { readonly file: string }> {
  const file = `claim-${process.pid}-${randomInt(2 ** 47).toString(36)}.json`;
  const holder: Holder = {
    pid: process.pid,
    birth: processBirth(process.pid) ?? 'unknown',
    startedAt: new Date().toISOString(),
    notes: [],
  };
  const note = (notes: readonly string[]) => write(join(folder, file), JSON.stringify({ ...holder, notes }));
  await note([]);
  return { file, note, release: () => rm(join(folder, file), { force: true }) };
}

async function write(file: string, text: string): Promise<void> {
  await writeFile(`${file}.draft`, text);
  await rename(`${file}.draft`, file);
}

async function livingHolders(folder: string): Promise<(Holder & { readonly file: string })[]> {
  const files = (await readdir(folder)).filter((name) => /^claim-.*\.json$/.test(name));
  const holders = [];
  for (const file of files) {
    const holder = await read(join(folder, file));
    if (holder === undefined) continue;
    if (processBirth(holder.pid) === holder.birth) holders.push({ ...holder, file });
    else await rm(join(folder, file), { force: true });
  }
  return holders;
}

async function read(file: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}
