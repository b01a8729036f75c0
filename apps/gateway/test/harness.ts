import { TestBus, aNats, aRedis, onCleanup, temporaryDirectory, type TestNats, type TestServer } from '@atrium/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AddressInfo } from 'node:net';
import { configSchema, type Config } from '../src/config.ts';
import { startGateway } from '../src/gateway.ts';
import { TestClient } from './client.ts';
import { FakeServices, type Person } from './fake-services.ts';

type Options = { limits?: 'on' | 'off'; webDirectory?: string; settings?: Record<string, string> };

/** A gateway on a real NATS and a real Redis, with tiny services behind it. */
export class Harness {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly services: FakeServices,
    readonly servers: { nats: TestNats; redis: TestServer },
    private readonly config: Config,
  ) {}

  static async start({ limits = 'off', webDirectory, settings = {} }: Options = {}): Promise<Harness> {
    const [nats, redis] = await Promise.all([aNats(), aRedis()]);
    const services = await FakeServices.start(await TestBus.connect(nats));
    const config = configSchema.parse({
      ...nats.as('gateway'),
      REDIS_URL: redis.as('gateway'),
      PORT: 0,
      GATEWAY_HOST: '127.0.0.1',
      GATEWAY_WEB_DIR: webDirectory ?? (await temporaryDirectory('web')),
      ATRIUM_RATE_LIMITS: limits,
      ...settings,
    });
    return new Harness(await open(config), services, { nats, redis }, config);
  }

  /** One more gateway beside this one, at the same servers. */
  async another(): Promise<Harness> {
    return new Harness(await open(this.config), this.services, this.servers, this.config);
  }

  get port(): number {
    return (this.app.getHttpServer().address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get socketUrl(): string {
    return `ws://127.0.0.1:${this.port}/ws`;
  }

  async fetch(path: string, { as, ...init }: RequestInit & { as?: Person } = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (as) headers.set('authorization', `Bearer ${await this.services.token(as)}`);
    return fetch(`${this.url}${path}`, { ...init, headers });
  }

  postJson(path: string, body: unknown, { as, ...init }: RequestInit & { as?: Person } = {}): Promise<Response> {
    const headers = { 'content-type': 'application/json', ...(init.headers as Record<string, string>) };
    return this.fetch(path, { ...init, method: init.method ?? 'POST', body: JSON.stringify(body), headers, as });
  }

  async connect(as: Person, auth: object = {}): Promise<TestClient> {
    return TestClient.signedIn(this.socketUrl, { token: await this.services.token(as), ...auth });
  }
}

async function open(config: Config): Promise<NestFastifyApplication> {
  const app = await startGateway(config, process.env['TEST_LOGS'] ? undefined : false);
  let closed: Promise<void> | undefined;
  const close = app.close.bind(app);
  app.close = () => (closed ??= close());
  onCleanup(() => app.close());
  return app;
}
