import preset from '../jest.preset.js';

export default {
  ...preset,
  displayName: 'e2e',
  testMatch: ['**/*.e2e-spec.ts'],
  testTimeout: 60_000,
  setupFilesAfterEnv: ['./documented/hold.ts'],
};
