export { type AntomVoice, antomVoice, paymentNotification, type SignedWebhook } from './antom-voice.js';
export { type Bus, type Heard, openBus } from './bus.js';
export { freshDatabase, queryOnce, testBrokers, testPostgres } from './database.js';
export { eventually } from './eventually.js';
export { inDays } from './in-days.js';
export { migratedDatabase } from './migrated.js';
export { openShop, type Shop } from './shop.js';
export { freshTopics } from './topics.js';
export { startUnderTest, type UnderTest } from './under-test.js';
