import preset from '../../jest.preset.mjs';

/** Most of it is waiting for a group, a cut line or a service that starts, so two files share the time, with few exhibits at once. */
export default { ...preset, maxWorkers: 2, maxConcurrency: 3 };
