import { topics } from '@kasir/contracts';
import { documentFile, kasirDocument } from './asyncapi/print.js';
import { release } from './released/release.js';
import { releasedFolder } from './released/releases.js';
import { writeJson } from './write-json.js';

const commands: Readonly<Record<string, () => Promise<string>>> = {
  async release() {
    const files = await release(releasedFolder, topics);
    return files.length === 0 ? 'every contract is released already' : `released: ${files.join(', ')}`;
  },
  async asyncapi() {
    await writeJson(documentFile, kasirDocument());
    return `wrote ${documentFile}`;
  },
};

const [name = ''] = process.argv.slice(2);
try {
  const command = commands[name];
  if (command === undefined) throw new Error(`unknown: ${name}. Known are ${Object.keys(commands).join(', ')}`);
  console.log(await command());
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
