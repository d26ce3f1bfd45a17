import preset from '../../jest.preset.mjs';

/** A broker of its own, and services that wait before they believe a refusal, take their time on a busy machine. */
export default { ...preset, testTimeout: 60_000 };
