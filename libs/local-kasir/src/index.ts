export { type Part } from './part.js';
export { type DatabaseOwner, type PartName, partNames } from './parts.js';
export { type LocalShop } from './shop.js';
export { type Kasir, type KasirOptions, startKasir } from './start-kasir.js';
