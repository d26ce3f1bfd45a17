export { type Rival, type RivalSurroundings, type Role, roles } from './rival.js';
