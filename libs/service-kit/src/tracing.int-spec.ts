import { aNats, aProcess, cleanUp, waitFor, type TestNats } from '@atrium/testing';
import { fileURLToPath } from 'node:url';

const TRACED = fileURLToPath(new URL('../test/traced.ts', import.meta.url));

describe('a process', () => {
  let nats: TestNats;
  beforeAll(async () => {
    nats = await aNats();
  });
  afterAll(cleanUp);

  /** How many packages of OpenTelemetry it has loaded. */
  async function loadedBy(environment: Record<string, string>): Promise<number> {
    const child = aProcess(TRACED, { ...nats.as('test'), ...environment });
    const said = () => /loaded (\d+)/.exec(child.output())?.[1];
    await waitFor(() => said() !== undefined, { withinMs: 20_000, what: 'what it has loaded' });
    return Number(said());
  }

  it('loads nothing of OpenTelemetry unless it is told where traces go', async () => {
    expect(await loadedBy({})).toBe(0);
    expect(await loadedBy({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' })).toBeGreaterThan(0);
  }, 60_000);
});
