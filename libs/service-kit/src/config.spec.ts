import { jest } from '@jest/globals';
import { z } from 'zod';
import { baseConfig, loadConfig } from './config.ts';

const schema = z.object({ ...baseConfig, ROOMS_DATABASE_URL: z.url(), ROOMS_LIMIT: z.coerce.number().int() });

const key = 'k'.repeat(43);
const required = { BUS_KEY: key, BUS_PUBLIC_KEYS: `rooms:${key},gateway:${key}`, ROOMS_DATABASE_URL: 'postgres://localhost/atrium' };

describe('the configuration of a service', () => {
  afterEach(() => jest.restoreAllMocks());

  it('fills in defaults, also for variables that are set to nothing', () => {
    const config = loadConfig(schema, { ...required, ROOMS_LIMIT: '5', LOG_LEVEL: '' });
    expect(config).toMatchObject({ ROOMS_LIMIT: 5, LOG_LEVEL: 'info', HEALTH_PORT: 0 });
  });

  it('prints every problem at once and ends the process', () => {
    const written: string[] = [];
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    jest.spyOn(process, 'exit').mockImplementation((code) => {
      throw new Error(`exit ${code}`);
    });
    expect(() => loadConfig(schema, { ROOMS_LIMIT: 'many' })).toThrow('exit 1');
    expect(written.join('')).toMatch(/BUS_KEY[\s\S]*ROOMS_DATABASE_URL[\s\S]*ROOMS_LIMIT/);
  });
});
