import preset from '../../jest.preset.mjs';

/** The parts are real, and a busy machine is slow. */
export default { ...preset, testTimeout: 60_000 };
