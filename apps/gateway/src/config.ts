import { RedisUrl, baseConfig } from '@atrium/service-kit';
import { z } from 'zod';
import { nameProxies } from './http/trusted-proxies.ts';

const seconds = (fallback: number) => z.coerce.number().positive().max(3600).default(fallback);

const share = (fallback: number) => z.coerce.number().min(0).max(1).default(fallback);

const list = (value: string) =>
  value
    .split(',')
    .map((item) => item.trim().toLowerCase())
    .filter(Boolean);

const Proxies = z
  .string()
  .default('off')
  .transform((value) => list(value).filter((name) => name !== 'off'))
  .refine(nameProxies, { error: 'must be off, or addresses, networks, loopback, linklocal or uniquelocal, joined by commas' });

/** Takes addresses of sites too, as a proxy is told them: `https://chat.example.org`, `:80`. */
const Hosts = z
  .string()
  .default('')
  .transform((value) =>
    list(value)
      .map((site) => site.replace(/^https?:\/\//, '').replace(/:\d+$/, ''))
      .filter(Boolean),
  )
  .pipe(z.array(z.string().regex(/^(\*|[a-z0-9_-]+(\.[a-z0-9_-]+)*)$/, { error: 'must be host names, joined by commas' })));

export const configSchema = z.object({
  ...baseConfig,
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000).describe('Port of the public door: HTTP, WebSocket and the page'),
  GATEWAY_HOST: z.string().default('0.0.0.0').describe('Address the public door listens on'),
  GATEWAY_WEB_DIR: z.string().default('apps/web/dist').describe('Directory of the built page'),
  GATEWAY_TRUST_PROXY: Proxies.describe(
    'The proxies in front, whose X-Forwarded-* headers are believed: off, or addresses, networks, loopback, linklocal, uniquelocal, joined by commas',
  ),
  GATEWAY_PUBLIC_HOSTS: Hosts.describe(
    'Host names that people open Atrium by, joined by commas; localhost, the name of this machine and addresses are served anyway, * serves every name',
  ),
  GATEWAY_HEADERS_SECONDS: seconds(10).describe('How long the headers of a request may take'),
  GATEWAY_SILENCE_SECONDS: seconds(10).describe('How long a body that is to come may bring nothing'),
  GATEWAY_BODY_SECONDS: seconds(20).describe('How long a body may take; the files of an upload may take longer, at 2 kB a second or more'),
  GATEWAY_IDLE_SECONDS: seconds(12).describe('How long a connection is kept for a next request; a proxy in front should keep it for less'),
  GATEWAY_REGISTRATIONS_PER_HOUR: z.coerce
    .number()
    .int()
    .positive()
    .default(30)
    .describe('How many accounts may be made from one address in an hour'),
  GATEWAY_TRACED_SHARE: share(1).describe(
    'How many of all requests and frames are traced, 0 to 1, where traces are sent at all; whoever sends a sampled traceparent is',
  ),
  GATEWAY_TRACED_SENDS_SHARE: share(0.01).describe('The same for messages sent over sockets, which are many'),
  REDIS_URL: RedisUrl.describe('Redis, which holds the request counters; without it each process counts for itself'),
  ATRIUM_RATE_LIMITS: z
    .enum(['on', 'off'])
    .default('on')
    .describe('off lifts the request and send limits (tests, benchmarks), never the guards on sign-in and room passwords'),
});
export type Config = z.output<typeof configSchema>;
