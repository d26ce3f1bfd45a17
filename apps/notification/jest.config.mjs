import preset from '../../jest.preset.mjs';

/** What is awaited fails by its own deadline, which names the fact that is missing. */
export default { ...preset, testTimeout: 30_000 };
