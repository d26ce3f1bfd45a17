import { writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';

/**
 * Writes JSON in the layout of this repository.
 * @param options with the flag `wx` a file that is there already is an error
 */
export async function writeJson(
  file: string,
  value: unknown,
  { flag = 'w' }: { flag?: 'w' | 'wx' } = {},
): Promise<void> {
  const layout = await resolveConfig(file);
  await writeFile(file, await format(JSON.stringify(value), { ...layout, parser: 'json' }), { flag });
}
