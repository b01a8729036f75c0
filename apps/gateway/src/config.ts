import { baseConfig } from '@atrium/service-kit';
import { z } from 'zod';

export const configSchema = z.object({
  ...baseConfig,
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000).describe('Port of the public door: HTTP, WebSocket and the page'),
  GATEWAY_HOST: z.string().default('0.0.0.0').describe('Address the public door listens on'),
  GATEWAY_WEB_DIR: z.string().default('apps/web/dist').describe('Directory of the built page'),
  GATEWAY_TRUST_PROXY: z
    .string()
    .default('off')
    .describe('Whose X-Forwarded-* headers are believed: off, on, or addresses and networks joined by commas'),
  REDIS_URL: z.url().describe('Redis, which holds the request counters; without it each process counts for itself'),
  ATRIUM_RATE_LIMITS: z
    .enum(['on', 'off'])
    .default('on')
    .describe('off lifts the request and send limits (tests, benchmarks), never the guards on sign-in and room passwords'),
});
export type Config = z.output<typeof configSchema>;
