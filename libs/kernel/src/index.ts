export { type Clock, systemClock } from './clock.js';
export { type Arrow, follow, type Life, type Outcome } from './life.js';
export { type LifeTable, walk } from './life-table.js';
export { bearingLosses, bearLosses } from './lost-connections.js';
export { addMoney, type Money, moneyProblem, minorDigits, sameMoney } from './money.js';
export { type NewId, uuidV7 } from './ids.js';
