import { Bus, Streams, because, currentCause, eventHeaders, type StoredMessage } from '@atrium/bus';
import type { EventContract, PayloadOf } from '@atrium/contracts';
import { RepeatedTask, readGauge } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import pTimeout from 'p-timeout';
import { v7 as uuidv7 } from 'uuid';
import { afterCommit } from './transact.ts';
import { uuidArray } from './uuid-array.ts';

export { uuidv7 };

/** What every service's first migration creates beside its own tables. */
export const outboxTables = `
  create table outbox (
    id uuid primary key,
    subject text not null,
    payload text not null,
    created_at timestamptz not null default now()
  );
  create index outbox_created_at on outbox (created_at);
  create table inbox (
    event_id text primary key,
    handled_at timestamptz not null default now()
  );
  create index inbox_handled_at on inbox (handled_at);
`;

/** What a later migration adds: what travels beside the event. */
export const outboxHeaders = 'alter table outbox add column headers jsonb';

type OutboxRow = StoredMessage;
type PointerReader = (pointer: string) => Promise<string>;

const SWEEP_EVERY_MS = 1000;
const SWEEP_BATCH = 200;
const TOLD_WITHIN_MS = 1000;
/** What comes more often than this is published together: NATS and each reader wake up once for all of it. */
const BURST_EVERY_MS = 20;
/** Long enough for the next commit to take the rows along; shorter than a sweep leaves them alone. */
const REMOVED_AFTER_MS = 500;
/** Younger rows are being published by whoever wrote them. */
const SWEEP_OLDER_THAN_MS = 2000;

/**
 * Facts told to other services, stored with the change they tell. Published straight after the commit; a sweep sends
 * what a crash or an absent NATS left behind. A row is removed once JetStream has it, and its id is the message id,
 * so that a repeat is recognised.
 */
@Injectable()
export class Outbox implements OnApplicationBootstrap {
  private readonly logger = new Logger('outbox');
  private published: string[] = [];
  private gathered: OutboxRow[] = [];
  private lastBurstAt = 0;
  private nextBurst: NodeJS.Timeout | undefined;
  private readonly tooLarge = new Set<string>();
  private readonly readers = new Map<string, PointerReader>();
  private readonly publishing = new Set<Promise<void>>();
  private removing: Promise<void> | undefined;
  private readonly sweeps = new RepeatedTask(() => this.sweep(), {
    everyMs: SWEEP_EVERY_MS,
    logger: this.logger,
    onFailure: 'sweep interrupted',
  });

  constructor(
    private readonly em: EntityManager,
    private readonly bus: Bus,
    private readonly streams: Streams,
  ) {}

  onApplicationBootstrap(): void {
    readGauge({ name: 'atrium_outbox_age_seconds', help: 'How long the oldest event waits to be published' }, () => this.age());
    this.sweeps.start();
  }

  /** Stores a fact in the transaction of `tx`, which must come from `transact()`. @returns the event's id */
  async add<E extends EventContract>(tx: EntityManager, event: E, payload: PayloadOf<E>): Promise<string> {
    const headers = eventHeaders(event, payload as object, currentCause());
    const row = { id: uuidv7(), subject: event.subject, payload: JSON.stringify(payload), headers };
    const values = [row.id, row.subject, row.payload, JSON.stringify(headers)];
    await tx.execute('insert into outbox (id, subject, payload, headers) values (?, ?, ?, ?)', values);
    afterCommit(tx, () => this.publishCommitted([row]));
    return row.id;
  }

  /**
   * Resolves once NATS has what was committed before: whoever listens live is about to hear it, whatever JetStream does.
   * @throws Error when NATS does not answer in time
   */
  async told(): Promise<void> {
    await pTimeout(this.bus.connection.flush(), { milliseconds: TOLD_WITHIN_MS, message: 'NATS does not answer' });
  }

  /**
   * Rows on a subject hold a pointer instead of what they tell, which is kept elsewhere already: whoever commits one
   * publishes from memory, and the sweep has `read` tell it again.
   */
  holdsPointers(subject: string, read: PointerReader): void {
    this.readers.set(subject, read);
  }

  /** Publishes what was just committed, whole; on failure the sweep tries again. */
  publishCommitted(rows: readonly OutboxRow[]): void {
    for (const row of rows) {
      const publishing = this.publish(row)
        .then(
          () => this.remember(row.id),
          (error: unknown) => this.logger.warn(`event ${row.id} waits for the next sweep: ${(error as Error).message}`),
        )
        .finally(() => this.publishing.delete(publishing));
      this.publishing.add(publishing);
    }
  }

  /**
   * The same for what may come by the hundred a second and nobody waits for: at once after a pause, else in bursts. In
   * the order of the calls; what has to keep it must not be published the other way.
   */
  publishSoon(rows: readonly OutboxRow[]): void {
    this.gathered.push(...rows);
    if (this.nextBurst) return;
    const waitMs = this.lastBurstAt + BURST_EVERY_MS - performance.now();
    if (waitMs <= 0) this.publishGathered();
    else this.nextBurst = setTimeout(() => this.publishGathered(), waitMs);
  }

  /** Ids of rows that JetStream has and a later statement may remove; taking them makes removing them yours. */
  takePublished(): string[] {
    const taken = this.published;
    this.published = [];
    return taken;
  }

  async stop(): Promise<void> {
    await this.sweeps.stop();
    this.publishGathered();
    await Promise.all([...this.publishing]);
    await this.removing;
    await this.removePublished();
  }

  /** In seconds; 0 when nothing waits. */
  private async age(): Promise<number> {
    const [oldest] = await this.em
      .fork()
      .execute<{ seconds: number }[]>('select extract(epoch from now() - created_at)::float as seconds from outbox order by id limit 1');
    return oldest?.seconds ?? 0;
  }

  private publishGathered(): void {
    clearTimeout(this.nextBurst);
    this.nextBurst = undefined;
    this.lastBurstAt = performance.now();
    const rows = this.gathered;
    this.gathered = [];
    this.publishCommitted(rows);
  }

  private async publish(row: OutboxRow): Promise<void> {
    await this.streams.publish(row);
  }

  private isTooLarge({ payload }: OutboxRow): boolean {
    const most = this.bus.connection.info?.max_payload ?? Infinity;
    return payload.length * 3 > most && Buffer.byteLength(payload) > most;
  }

  private remember(id: string): void {
    this.published.push(id);
    // One removal at a time takes all that gathered meanwhile; the delay keeps it out of the caller's way.
    this.removing ??= new Promise<void>((resolve) => setTimeout(resolve, REMOVED_AFTER_MS))
      // For many: no part of what brought one of them about.
      .then(() => because({}, () => this.removePublished()))
      .catch((error: unknown) => this.logger.warn(`published rows stay until the next sweep: ${(error as Error).message}`))
      .finally(() => (this.removing = undefined));
  }

  private async removePublished(): Promise<void> {
    const ids = this.takePublished();
    if (ids.length > 0) await this.em.fork().execute('delete from outbox where id = any(?::uuid[])', [uuidArray(ids)]);
  }

  private async sweep(): Promise<void> {
    if (!this.bus.isConnected()) return;
    try {
      await this.streams.ensure();
      while ((await this.sweepSome()) === SWEEP_BATCH);
    } catch (error) {
      this.streams.doubt();
      throw error;
    }
  }

  /** @returns how many rows there were */
  private async sweepSome(): Promise<number> {
    const rows = await this.em
      .fork()
      .execute<OutboxRow[]>(
        `select id, subject, payload, headers from outbox where created_at < now() - make_interval(secs => ?) and not id = any(?::uuid[]) order by id limit ?`,
        [SWEEP_OLDER_THAN_MS / 1000, uuidArray([...this.tooLarge]), SWEEP_BATCH],
      );
    await Promise.all(rows.map(async (stored) => this.sweepOne(await this.whole(stored))));
    await this.removePublished();
    return rows.length;
  }

  private async sweepOne(row: OutboxRow): Promise<void> {
    if (this.isTooLarge(row)) return this.setAside(row);
    await this.publish(row);
    this.remember(row.id);
  }

  private async whole(row: OutboxRow): Promise<OutboxRow> {
    const read = this.readers.get(row.subject);
    return read ? { ...row, payload: await read(row.payload) } : row;
  }

  /** It would be refused for ever; kept for whoever mends it, and out of the way of what waits behind it. */
  private setAside(row: OutboxRow): void {
    this.tooLarge.add(row.id);
    this.logger.error(`event ${row.id} on ${row.subject} is too large for the bus`);
  }
}
