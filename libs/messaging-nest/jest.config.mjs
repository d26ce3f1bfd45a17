import preset from '../../jest.preset.mjs';

/** Joining a group and cutting connections takes its time on a busy machine. */
export default { ...preset, testTimeout: 20_000 };
