import { Injectable, Logger } from '@nestjs/common';
import {
  JetStreamApiError,
  jetstream,
  jetstreamManager,
  type ConsumerConfig,
  type JetStreamClient,
  type JetStreamManager,
  type StreamConfig,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import type { Bus } from './bus.ts';
import { writeHeaders, type EventHeaders } from './event-headers.ts';

const PUBLISHED_WITHIN_MS = 3000;
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

/** A message for a stream; its id tells a repeat. */
export type StoredMessage = { id: string; subject: string; payload: string; headers?: EventHeaders | null };

/** What the configuration of a process may say of the streams it makes. */
export type StreamOptions = { NATS_REPLICAS?: number };

/** What this process keeps in JetStream and reads from it: the streams, and its durable consumers. */
@Injectable()
export class Streams {
  private readonly logger = new Logger('streams');
  private ensured: Promise<void> | undefined;
  /** The durable consumers that this process reads. */
  private readonly durables = new Map<string, StreamName>();

  constructor(
    readonly client: JetStreamClient,
    readonly manager: JetStreamManager,
    private readonly replicas: number,
  ) {}

  /** The streams on a connection. @param options how many nodes keep each stream that is made */
  static async on(bus: Bus, { NATS_REPLICAS = 1 }: StreamOptions = {}): Promise<Streams> {
    // The API check would fail while JetStream is still starting; streams are ensured with retries instead.
    const manager = await jetstreamManager(bus.connection, { checkAPI: false });
    const streams = new Streams(jetstream(bus.connection), manager, NATS_REPLICAS);
    bus.onStatus((connected) => connected && streams.doubt());
    return streams;
  }

  /** Creates the streams that are missing. Called before consuming, and again when one has vanished. */
  ensure(): Promise<void> {
    this.ensured ??= this.createMissing().catch((error: unknown) => {
      this.ensured = undefined;
      throw error;
    });
    return this.ensured;
  }

  /** Forgets that the streams were seen, so that the next `ensure` looks again. */
  doubt(): void {
    this.ensured = undefined;
  }

  /** Stores one message. @throws Error when JetStream does not say in time that it has it */
  async publish({ id, subject, payload, headers }: StoredMessage): Promise<{ duplicate: boolean }> {
    const options = { msgID: id, timeout: PUBLISHED_WITHIN_MS };
    return this.client.publish(subject, payload, headers ? { ...options, headers: writeHeaders(headers) } : options);
  }

  /** Makes a durable consumer that this process reads, and the streams where they are missing. */
  async ensureConsumer(stream: StreamName, config: Partial<ConsumerConfig> & { durable_name: string }): Promise<void> {
    this.durables.set(config.durable_name, stream);
    await this.ensure();
    await this.manager.consumers.add(stream, config);
  }

  /** How many events JetStream has not yet given to each durable consumer that this process reads, by its name. */
  async pending(): Promise<Map<string, number>> {
    const read = async ([name, stream]: [string, StreamName]) =>
      [name, (await this.manager.consumers.info(stream, name)).num_pending] as const;
    return new Map(await Promise.all([...this.durables].map(read)));
  }

  private async createMissing(): Promise<void> {
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
}
