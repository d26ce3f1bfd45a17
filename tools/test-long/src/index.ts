export { startGroup } from './group.js';
export { runLong } from './run-long.js';
