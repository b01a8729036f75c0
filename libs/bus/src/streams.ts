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
import { PROCESSES, STREAM_MAKING_PROCESS } from '@atrium/contracts';
import type { Bus } from './bus.ts';
import { writeHeaders, type EventHeaders } from './event-headers.ts';
import { setTimeout as sleep } from 'node:timers/promises';

const PUBLISHED_WITHIN_MS = 3000;
/** How long a process waits for streams that another makes, and how often it looks. */
const MADE_WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 100;
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
  private readonly said = new Set<string>();
  /** The durable consumers that this process reads. */
  private readonly durables = new Map<string, StreamName>();

  constructor(
    readonly client: JetStreamClient,
    readonly manager: JetStreamManager,
    private readonly replicas: number,
    private readonly makesThem: boolean,
  ) {}

  /** The streams on a connection. @param options how many nodes keep each stream that is made */
  static async on(bus: Bus, { NATS_REPLICAS = 1 }: StreamOptions = {}): Promise<Streams> {
    // The API check would fail while JetStream is still starting; streams are ensured with retries instead.
    const manager = await jetstreamManager(bus.connection, { checkAPI: false });
    // Of the product's processes one makes them. Others that are none of these, as tools and tests, do what they may.
    const makesThem = bus.service === STREAM_MAKING_PROCESS || !PROCESSES.some((name) => name === bus.service);
    const streams = new Streams(jetstream(bus.connection), manager, NATS_REPLICAS, makesThem);
    bus.onStatus((connected) => connected && streams.doubt());
    return streams;
  }

  /**
   * Creates the streams that are missing, or waits for whoever does. Called before consuming, and again when one has vanished.
   * @throws Error when one is still missing after 5 s
   */
  ensure(): Promise<void> {
    this.ensured ??= (this.makesThem ? this.createMissing() : this.waitForAll()).catch((error: unknown) => {
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
      const found = await this.find(definition.name);
      if (!found) await this.manager.streams.add({ ...definition, num_replicas: this.replicas });
      else this.compare(definition, found);
    }
  }

  private async waitForAll(): Promise<void> {
    for (const giveUpAt = Date.now() + MADE_WITHIN_MS; ; await sleep(LOOK_EVERY_MS)) {
      const names = Object.keys(STREAMS);
      const found = await Promise.all(names.map((name) => this.find(name)));
      const missing = names.filter((_, index) => !found[index]);
      if (missing.length === 0) return;
      if (Date.now() > giveUpAt) throw new Error(`stream ${missing.join(', ')} is not there; ${STREAM_MAKING_PROCESS} makes it`);
    }
  }

  /** Says what somebody else made of a stream: it is not changed here, where an operator may have meant it. */
  private compare({ name, subjects }: StreamDefinition, found: StreamConfig): void {
    if (found.num_replicas !== this.replicas)
      this.say(
        `stream ${name} is kept by ${found.num_replicas}, not ${this.replicas}: nats stream edit ${name} --replicas ${this.replicas}`,
      );
    const { republish, mirror, sources = [] } = found;
    if (String(found.subjects) === String(subjects) && !republish && !mirror && sources.length === 0) return;
    this.say(
      `stream ${name} takes in ${String(found.subjects)} and passes it on as nobody of Atrium made it: nats stream rm ${name}, and it is made anew`,
    );
  }

  /** Once, however often it is found so. */
  private say(what: string): void {
    if (!this.said.has(what)) this.logger.warn(what);
    this.said.add(what);
  }

  private async find(name: string): Promise<StreamConfig | undefined> {
    try {
      return (await this.manager.streams.info(name)).config;
    } catch (error) {
      if (error instanceof JetStreamApiError && error.status === 404) return undefined;
      throw error;
    }
  }
}
