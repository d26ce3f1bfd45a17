/** One listener as a process of its own, until SIGTERM. Its place comes as JSON in DRILL_PLACE. */
import { listens } from './listens.js';
import { type Place } from './place.js';
import { openListener } from './service.js';

const { sessionTimeoutMs, ...place } = JSON.parse(process.env['DRILL_PLACE'] ?? '{}') as Place & {
  sessionTimeoutMs: number;
};
const listener = await openListener(place, { sessionTimeoutMs });
process.on('SIGTERM', () => void listener.stop().then(() => process.exit(0)));
console.log(listens);
