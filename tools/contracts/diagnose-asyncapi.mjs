/** Reads a list of AsyncAPI documents from standard input and prints, for each, what the official parser says against it. */
import { text } from 'node:stream/consumers';
import { Parser } from '@asyncapi/parser';

const gravest = 1;
const parser = new Parser();
const found = [];
for (const document of JSON.parse(await text(process.stdin))) {
  const { diagnostics } = await parser.parse(JSON.stringify(document));
  const serious = diagnostics.filter(({ severity }) => severity <= gravest);
  found.push(serious.map(({ path, message }) => `${path.join('.')}: ${message}`));
}
console.log(JSON.stringify(found));
