import { topicConfig, topics } from '@kasir/contracts';
import { code, table } from './pages.mjs';

/** Every topic with what it has to be made with. */
export function topicTable() {
  const rows = topics.map((topic) => [
    code(topic.name),
    code(topic.producer),
    code(topic.key),
    String(topic.partitions),
    Object.entries(topicConfig(topic))
      .map(([name, value]) => code(`${name}=${value}`))
      .join(' '),
  ]);
  return table(['topic', 'who says it', 'key', 'partitions', 'settings'], rows);
}
