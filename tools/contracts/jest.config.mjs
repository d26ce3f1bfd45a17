import preset from '../../jest.preset.mjs';

/** A broker of its own and groups that are asked for one by one take their time on a busy machine. */
export default { ...preset, testTimeout: 60_000 };
