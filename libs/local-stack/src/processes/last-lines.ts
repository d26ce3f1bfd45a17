import { readFile } from 'node:fs/promises';

/** The end of a log, for an error that should say why; empty when there is no log. */
export async function lastLines(file: string, count = 12): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
