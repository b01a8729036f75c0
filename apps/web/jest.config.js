import preset from '../../jest.preset.js';

// A zone whose days have not all 24 hours.
process.env.TZ = 'Europe/Berlin';

export default { ...preset, displayName: 'web', transform: { '^.+\\.tsx?$': '<rootDir>/words-jest.js' } };
