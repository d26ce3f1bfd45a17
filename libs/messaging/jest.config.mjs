import preset from '../../jest.preset.mjs';

/** Joining a group and cutting connections takes its time on a busy machine; most of it is waiting, so two files share it. */
export default { ...preset, testTimeout: 20_000, maxWorkers: 2, maxConcurrency: 8 };
