/** A process that has a broker and does nothing else. Usage: child.mjs <folder> */
import { startKafka } from '@kasir/local-stack';

const [folder] = process.argv.slice(2);
const kafka = await startKafka({ folder, cacheFolder: folder, port: 0 });
process.stdout.write(`${kafka.describe}\n`);
setInterval(() => undefined, 60_000);
