export { type KeyFiles, keyFiles, readKey } from './keys.js';
export { type Part } from './part.js';
export { type DatabaseOwner, localClientId, type PartName, partNames } from './parts.js';
export { type LocalShop } from './shop.js';
export { type Kasir, type KasirOptions, startKasir } from './start-kasir.js';
