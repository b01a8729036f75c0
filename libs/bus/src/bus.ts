import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { healthSubject, inboxPrefix } from '@atrium/contracts';
import { connect, nanos, type NatsConnection } from '@nats-io/transport-node';
import {
  JetStreamApiError,
  jetstream,
  jetstreamManager,
  type JetStreamClient,
  type JetStreamManager,
  type StreamConfig,
} from '@nats-io/jetstream';
import { randomUUID } from 'node:crypto';

import { readBusKeys } from './bus-keys.ts';
import { natsServers } from './nats-servers.ts';
import { Statements } from './statements.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
type StreamDefinition = Pick<StreamConfig, 'name' | 'subjects' | 'max_age' | 'max_bytes' | 'duplicate_window'>;

/** The streams durable readers live on. They carry; PostgreSQL is the truth. */
export const STREAMS: Record<'EVENTS' | 'LOG' | 'DEAD', StreamDefinition> = {
  EVENTS: {
    name: 'EVENTS',
    subjects: ['events.>'],
    max_age: nanos(7 * DAY_MS),
    max_bytes: 512 * 1024 * 1024,
    duplicate_window: nanos(120_000),
  },
  LOG: { name: 'LOG', subjects: ['log.*'], max_age: nanos(7 * DAY_MS), max_bytes: 1024 * 1024 * 1024, duplicate_window: nanos(120_000) },
  DEAD: { name: 'DEAD', subjects: ['dead.>'], max_age: nanos(30 * DAY_MS), max_bytes: 128 * 1024 * 1024, duplicate_window: nanos(120_000) },
};
export type StreamName = keyof typeof STREAMS;

/** What the configuration of a process says of the bus. */
export type BusConfig = { NATS_URL: string; BUS_KEY: string; BUS_PUBLIC_KEYS: string };
/** What it may say besides. */
export type BusOptions = { NATS_REPLICAS?: number };

export type HandlerScope = <T>(run: () => Promise<T>) => Promise<T>;
/** Whether a reader wants messages that the contract of timelines calls plain, told from their encoded text. */
export type WantsPlain = (entries: string, roomId: string) => Promise<boolean>;
/** What became of one handled call or event, for logs and metrics. */
export type Handled = {
  kind: 'rpc' | 'event' | 'live';
  subject: string;
  durationMs: number;
  outcome: string;
  requestId?: string;
  size?: number;
};

/**
 * The connection of one process to NATS, and what hangs on it: whether it is up, the scope handlers run in, and the
 * listeners for what was handled. Reconnects for ever; a connection closed for good ends the process, because a
 * service that looks alive and hears nothing is worse than one that restarts.
 */
@Injectable()
export class Bus implements OnApplicationShutdown {
  private readonly logger = new Logger('bus');
  private connected = true;
  private closing = false;
  private readonly statusListeners = new Set<(connected: boolean) => void>();
  /** This process among those of its service. */
  readonly instance = randomUUID();
  private readonly handledListeners = new Set<(handled: Handled) => void>();
  private scope: HandlerScope = (run) => run();
  private readonly plainFilters = new Map<string, WantsPlain>();
  private ensuredStreams: Promise<void> | undefined;
  /** Throws while this process must not be given work; set by the service kit, asked by `ping`. */
  readiness: () => Promise<void> = () => Promise.resolve();
  /** What this process cannot work without, by name; each check throws while it is away. */
  readonly dependencies = new Map<string, () => Promise<void>>();

  /** The durable consumers that this process reads, by name. */
  readonly durables = new Map<string, StreamName>();

  constructor(
    /** Says who this process is and for whom it calls. */
    readonly statements: Statements,
    readonly connection: NatsConnection,
    readonly jetstream: JetStreamClient,
    private readonly manager: JetStreamManager,
    private readonly replicas = 1,
  ) {
    this.dependencies.set('nats', () => (this.isConnected() ? Promise.resolve() : Promise.reject(new Error('not connected'))));
    void this.watchStatus();
    void connection.closed().then((error) => {
      if (this.closing) return;
      this.logger.fatal(`NATS connection closed for good: ${error?.message ?? 'no reason given'}`);
      process.exit(1);
    });
  }

  /** Connects, waiting until NATS answers. @param process whose name it is known by: its queue group, health subject and replies */
  static async connect(process: string, config: BusConfig & BusOptions): Promise<Bus> {
    const statements = new Statements(process, readBusKeys(config.BUS_KEY, config.BUS_PUBLIC_KEYS));
    const connection = await connect({
      ...natsServers(config.NATS_URL),
      name: process,
      // Replies come to subjects of our own, which no other user may listen to.
      inboxPrefix: inboxPrefix(process),
      maxReconnectAttempts: -1,
      waitOnFirstConnect: true,
      reconnectTimeWait: 250,
      reconnectJitter: 250,
      pingInterval: 5000,
      maxPingOut: 2,
      // A stack captured for every request costs more than the request; AppError and the request id tell enough.
      noAsyncTraces: true,
    });
    // The API check would fail while JetStream is still starting; streams are ensured with retries instead.
    const manager = await jetstreamManager(connection, { checkAPI: false });
    return new Bus(statements, connection, jetstream(connection), manager, config.NATS_REPLICAS);
  }

  /** The name of this process on the bus. */
  get service(): string {
    return this.statements.process;
  }

  isConnected(): boolean {
    return this.connected && !this.connection.isClosed();
  }

  onStatus(listener: (connected: boolean) => void): void {
    this.statusListeners.add(listener);
  }

  onHandled(listener: (handled: Handled) => void): void {
    this.handledListeners.add(listener);
  }

  /** How many events JetStream has not yet given to each durable consumer that this process reads, by its name. */
  async pending(): Promise<Map<string, number>> {
    const read = async ([name, stream]: [string, StreamName]) =>
      [name, (await this.manager.consumers.info(stream, name)).num_pending] as const;
    return new Map(await Promise.all([...this.durables].map(read)));
  }

  reportHandled(handled: Handled): void {
    for (const listener of this.handledListeners) listener(handled);
  }

  /** Wraps every handler: the database lib gives each call, event and job an identity map of its own. */
  useHandlerScope(scope: HandlerScope): void {
    this.scope = scope;
  }

  /** Lets a reader of timelines pass over plain messages that it does not want, which spares decoding them. */
  usePlainFilter(consumer: string, wants: WantsPlain): void {
    this.plainFilters.set(consumer, wants);
  }

  wantsPlain(consumer: string, entries: string, roomId: string): Promise<boolean> {
    return this.plainFilters.get(consumer)?.(entries, roomId) ?? Promise.resolve(true);
  }

  runInScope<T>(run: () => Promise<T>): Promise<T> {
    return this.scope(run);
  }

  /** Creates the streams that are missing. Called before consuming, and again when one has vanished. */
  ensureStreams(): Promise<void> {
    this.ensuredStreams ??= this.createMissingStreams().catch((error: unknown) => {
      this.ensuredStreams = undefined;
      throw error;
    });
    return this.ensuredStreams;
  }

  /** Forgets that the streams were seen, so that the next `ensureStreams` looks again. */
  doubtStreams(): void {
    this.ensuredStreams = undefined;
  }

  get streams(): JetStreamManager {
    return this.manager;
  }

  /** Asks some instance of a service whether it is ready. Throws when none answers in time. */
  async ping(service: string, timeoutMs = 1000): Promise<void> {
    const reply = await this.connection.request(healthSubject(service), '', { timeout: timeoutMs });
    const problem = reply.string();
    if (problem !== '') throw new Error(`${service} is not ready: ${problem}`);
  }

  /** The last hook of all: whatever ends before may still have something to say. */
  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }

  async close(): Promise<void> {
    this.closing = true;
    if (!this.connection.isClosed()) await this.connection.drain();
  }

  private async createMissingStreams(): Promise<void> {
    for (const definition of Object.values(STREAMS)) {
      const kept = await this.replicasOf(definition.name);
      if (kept === 0) await this.manager.streams.add({ ...definition, num_replicas: this.replicas });
      else if (kept !== this.replicas)
        this.logger.warn(
          `stream ${definition.name} is kept by ${kept}, not ${this.replicas}: nats stream edit ${definition.name} --replicas ${this.replicas}`,
        );
    }
  }

  /** How many nodes keep a stream; none where there is no such stream. */
  private async replicasOf(name: string): Promise<number> {
    try {
      return (await this.manager.streams.info(name)).config.num_replicas;
    } catch (error) {
      if (error instanceof JetStreamApiError && error.status === 404) return 0;
      throw error;
    }
  }

  private async watchStatus(): Promise<void> {
    for await (const status of this.connection.status()) {
      if (status.type === 'disconnect') this.setConnected(false, 'lost the connection to NATS');
      if (status.type === 'reconnect') this.setConnected(true, 'connected to NATS again');
      // Told by NATS when a user lacks a permission: what was sent or listened for is not.
      if (status.type === 'error') this.logger.error(status.error.message);
      if (status.type === 'staleConnection') this.logger.warn('NATS does not answer pings');
    }
  }

  private setConnected(connected: boolean, text: string): void {
    this.connected = connected;
    this.logger.warn(text);
    if (connected) this.doubtStreams();
    for (const listener of this.statusListeners) listener(connected);
  }
}
