import { z } from 'zod';

/** What every process is told; spread into an app's own schema. */
export const baseConfig = {
  NATS_URL: z
    .string()
    .min(1)
    .default('nats://127.0.0.1:4222')
    .describe('NATS servers, joined by commas, as nats://user:password@host:port'),
  NATS_REPLICAS: z.coerce
    .number()
    .int()
    .min(1)
    .max(5)
    .default(1)
    .describe('How many nodes of NATS keep each stream that is made; 3 for a cluster of three'),
  BUS_KEY: z
    .string()
    .regex(/^[\w-]{43}$/, '32 bytes in base64url')
    .describe('What this process signs with who it is: an Ed25519 private key, 32 bytes in base64url'),
  BUS_PUBLIC_KEYS: z
    .string()
    .regex(/^[a-z-]+:[\w-]{43}(,[a-z-]+:[\w-]{43})*$/, 'process:key, joined by commas')
    .describe('By what every process knows the others: process:key joined by commas; one named twice may sign with either key'),
  HEALTH_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(0)
    .describe('Port of /health/live, /health/ready and /metrics; 0 for none'),
  HEALTH_HOST: z.string().default('127.0.0.1').describe('Address the health port listens on; 0.0.0.0 in a container'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace'])
    .default('info')
    .describe('Least level that is logged; debug shows every call'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Where traces are sent, by OTLP over HTTP, without /v1/traces; nothing is traced unless it is set'),
  OTEL_EXPORTER_OTLP_HEADERS: z
    .string()
    .regex(/^[\w-]+=[^,=]+(,[\w-]+=[^,=]+)*$/, 'name=value, joined by commas')
    .optional()
    .describe('Headers that go with them, such as a key of who keeps them: name=value, joined by commas'),
  WATCHDOG_SECONDS: z.coerce
    .number()
    .int()
    .min(0)
    .max(600)
    .default(10)
    .describe('A process whose event loop does not turn for so long ends itself; 0 for never, under a debugger'),
  SHUTDOWN_DELAY_MS: z.coerce
    .number()
    .int()
    .min(0)
    .default(0)
    .describe('Time between going unready and draining, for load balancers to notice'),
};
export type BaseConfig = z.output<z.ZodObject<typeof baseConfig>>;

/** What of the environment was given, as `loadConfig` reads it. */
export const givenEnvironment = (): NodeJS.ProcessEnv => process.env;

/** Injection token of the parsed configuration. */
export const CONFIG = Symbol('CONFIG');

/**
 * Reads the environment through a schema. Prints every problem at once and ends the process with 1: a service that
 * starts half configured fails later and less clearly.
 */
export function loadConfig<S extends z.ZodObject>(schema: S, environment: NodeJS.ProcessEnv = process.env): z.output<S> {
  // An empty variable means "not set": compose files and shells cannot say it otherwise.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  process.stderr.write(`The configuration is not valid:\n${problems.join('\n')}\n`);
  process.exit(1);
}
