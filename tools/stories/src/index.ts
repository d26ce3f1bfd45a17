export { ourBooks, theirBooks } from './books.js';
export { type House, openHouse } from './house.js';
export { type Account } from './merchant.js';
export { patientSource } from './patient-source.js';
export { App } from './shopper.js';
