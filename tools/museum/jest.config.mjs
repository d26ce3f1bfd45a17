import preset from '../../jest.preset.mjs';

/** Most of it is waiting for a group, a cut line or a service that starts, so two files share the time. */
export default { ...preset, maxWorkers: 2 };
