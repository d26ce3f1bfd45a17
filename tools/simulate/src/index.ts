export { runSeed, summaryOf, type Summary, type Verdict } from './run.js';
