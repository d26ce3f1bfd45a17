/** Prints docs/antom-codes.md from the table in libs/antom. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reactionsAsMarkdown } from '@kasir/antom';
import { root } from '../bootstrap/project-root.mjs';

writeFileSync(join(root, 'docs', 'antom-codes.md'), reactionsAsMarkdown());
