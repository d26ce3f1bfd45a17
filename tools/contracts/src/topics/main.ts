import { topics } from '@kasir/contracts';
import { runTopics } from './command.js';

process.exitCode = await runTopics({
  arguments: process.argv.slice(2),
  env: process.env,
  topics,
  print: (text) => console.log(text),
});
