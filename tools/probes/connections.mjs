/** Plants connections to PostgreSQL that nothing listens to and checks that ESLint refuses each, and no other. */
import { ESLint } from 'eslint';
import { root } from '../bootstrap/project-root.mjs';

const planted = [
  `import pg from 'pg';\nexport const client = new pg.Client('');`,
  `import pg from 'pg';\nexport const pool = bearLosses(new pg.Pool({ max: 10 }));`,
  `import pg from 'pg';\nexport const pool = new pg.Pool({ ...bearingLosses });`,
  `import { DataSource } from 'typeorm';\nexport const source = new DataSource({ type: 'postgres' });`,
  `import { Client } from 'pg';\nexport const client = bearLosses(new Client(''));`,
  `import * as database from 'pg';\nexport const client = bearLosses(new database.Client(''));`,
];
const innocent = [
  `import pg from 'pg';\nexport const client = bearLosses(new pg.Client(''));`,
  `import pg from 'pg';\nexport const pool = bearLosses(new pg.Pool({ ...bearingLosses, max: 10 }));`,
  `import { DataSource } from 'typeorm';\nexport const source = new DataSource({ extra: { ...bearingLosses } });`,
];

const eslint = new ESLint({ cwd: root });
const bites = async (source) => {
  const [{ messages }] = await eslint.lintText(`${source}\n`, { filePath: 'tools/planted.mjs' });
  return messages.filter(({ ruleId }) => ruleId === 'no-restricted-syntax').length;
};

const complaints = [];
for (const source of planted) if ((await bites(source)) === 0) complaints.push(`nothing bit ${source}`);
for (const source of innocent) if ((await bites(source)) > 0) complaints.push(`an innocent was bitten: ${source}`);
for (const complaint of complaints) console.error(`  ${complaint}`);
if (complaints.length > 0) process.exit(1);
console.log(`connections: ${planted.length} planted ones bitten, ${innocent.length} innocent ones left alone`);
