export { floor } from './floor/index.js';
export { type Rival, type RivalSurroundings, type Role, roles } from './rival.js';
export { usualWay } from './usual-way/index.js';
