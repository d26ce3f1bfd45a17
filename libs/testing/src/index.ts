export { freshDatabase, queryOnce, testBrokers } from './database.js';
export { eventually } from './eventually.js';
export { openShop, type Shop } from './shop.js';
export { freshTopics } from './topics.js';
