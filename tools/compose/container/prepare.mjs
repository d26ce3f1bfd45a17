import { prepareDatabases } from './databases.mjs';
import { job } from './job.mjs';
import { migrate } from './migrations.mjs';
import { prepareTopics } from './topics.mjs';

await job('prepare', async (say) => {
  const { count, brokers } = await prepareTopics(process.env);
  say(`${count} topics are there, on Kafka at ${brokers}`);
  const urls = await prepareDatabases(process.env.DATABASE_URL);
  say(`${Object.keys(urls).length} databases are there, on PostgreSQL at ${new URL(urls.gateway).host}`);
  await migrate(urls);
});
