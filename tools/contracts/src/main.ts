import { topics } from '@kasir/contracts';
import { release } from './released/release.js';
import { releasedFolder } from './released/releases.js';

const files = await release(releasedFolder, topics);
console.log(files.join('\n'));
