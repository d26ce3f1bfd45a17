import preset from '../../jest.preset.mjs';

/** Most of it is waiting for a group or a cut connection, so two files share the time. */
export default { ...preset, maxWorkers: 2, maxConcurrency: 8 };
