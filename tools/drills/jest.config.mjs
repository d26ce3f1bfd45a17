import preset from '../../jest.preset.mjs';

/** Each drill takes servers of its own away; two at once would only wait for each other. */
export default { ...preset, maxWorkers: 1 };
