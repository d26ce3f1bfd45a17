/** docs/performance.md, from the results of `npm run bench -- payments`. */
import { writePerformancePage } from '../../tests/bench/dist/report/performance.js';

await writePerformancePage();
