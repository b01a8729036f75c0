import { freePort, freePortsInARow } from '../local/ports.ts';
import { readSettings } from '../local/settings.ts';
import { Stack } from '../local/stack.ts';

/** Tests never touch servers that somebody uses. */
const noGivenServers = { DATABASE_URL: '', NATS_URL: '', REDIS_URL: '', S3_ENDPOINT: '' };

/** Of every service: what one instance knows alone is found out only where there is another. */
const INSTANCES = 2;

/** The whole product as the tests from outside want it, and what they have to know of it. */
export async function anE2eStack(
  data: string,
  report: (line: string) => void,
  instances = INSTANCES,
): Promise<{ stack: Stack; env: Record<string, string> }> {
  // Nobody listens there but the test of traces, and nothing is traced but what that test asks for.
  const traces = `http://127.0.0.1:${await freePort()}`;
  const settings = readSettings({
    ...process.env,
    ...noGivenServers,
    PORT: String(await freePortsInARow(instances)),
    ATRIUM_INSTANCES: String(instances),
    ATRIUM_DATA: data,
    ATRIUM_SEED: '0',
    ATRIUM_RATE_LIMITS: 'off',
    ACCOUNTS_ADMINS: 'ada',
    // Where a test listens for what webhooks tell it, and has pages to link to.
    BOT_WEBHOOK_NETWORKS: '127.0.0.1/32',
    MESSAGES_PUSH_NETWORKS: '127.0.0.1/32',
    MESSAGES_PREVIEW_NETWORKS: '127.0.0.1/32',
    OTEL_EXPORTER_OTLP_ENDPOINT: traces,
    GATEWAY_TRACED_SHARE: '0',
    GATEWAY_TRACED_SENDS_SHARE: '0',
  });
  const env = { ATRIUM_URL: `http://127.0.0.1:${settings.port}`, ATRIUM_STACK: settings.paths.stack, ATRIUM_TRACES: traces };
  return { stack: new Stack(settings, report), env };
}
