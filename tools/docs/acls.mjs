import { topics } from '@kasir/contracts';
import { code, table } from './pages.mjs';

/** Who needs which right on which topic, from the contracts: one producer for each topic, and the readers it names. */
export function aclTable() {
  const services = [...new Set(topics.flatMap(({ producer, readers }) => [producer, ...readers]))];
  const rows = services.map((service) => [
    code(service),
    list(topics.filter(({ producer }) => producer === service)),
    list(topics.filter(({ readers }) => readers.includes(service))),
    code(service),
  ]);
  return table(['service', 'Write on topic', 'Read on topic', 'Read on group'], rows);
}

const list = (some) => some.map(({ name }) => code(name)).join(', ') || 'none';
