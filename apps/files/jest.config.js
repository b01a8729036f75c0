import preset from '../../jest.preset.js';

// An extractor is a process of its own, and a busy machine takes its time to start one.
export default { ...preset, displayName: 'files', testTimeout: 30_000 };
