import preset from '../../jest.preset.mjs';

/** Servers are started here, on machines that may be busy; the first start ever fetches Kafka's jars. */
export default { ...preset, testTimeout: 120_000 };
