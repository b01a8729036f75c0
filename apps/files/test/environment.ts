import { accounts, AppError, files, roomFacts, rooms, type FileRecord } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import {
  aDatabase,
  FactsDouble,
  aNats,
  anS3,
  aRedis,
  aService,
  onCleanup,
  TestBus,
  waitFor,
  type TestDatabase,
  type TestServer,
  type TestS3,
} from '@atrium/testing';
import { rootModule } from '@atrium/service-kit';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Queue } from 'bullmq';
import { createHash } from 'node:crypto';
import { AppModule } from '../src/app.module.ts';
import { filesConfig, type FilesConfig } from '../src/config.ts';
import { EXTRACTION_QUEUE, jobId } from '../src/jobs/extraction-queue.ts';
import { WorkerModule } from '../src/worker.module.ts';

export type Environment = {
  bus: TestBus;
  database: TestDatabase;
  redis: TestServer;
  s3: TestS3;
  config: FilesConfig;
  rooms: FakeRooms;
  credits: FakeCredits;
  startWorker(): Promise<INestApplicationContext>;
  /** What the queue knows of a file's job: its state, and how many tries failed. Null once it is done. */
  findJob(file: FileRecord): Promise<{ state: string; attemptsMade: number } | null>;
};

/** The files service with real servers; rooms and accounts are answered by the test. */
export async function anEnvironment(settings: Record<string, string> = {}): Promise<Environment> {
  const [database, nats, redis, s3] = await Promise.all([aDatabase('files'), aNats(), aRedis(), anS3()]);
  const servers = { REDIS_URL: redis.as('files'), FILES_DATABASE_URL: database.url, ...s3 };
  const config = filesConfig.parse({ ...nats.as('files'), ...servers, ...settings });
  const bus = await TestBus.connect(nats);
  const environment = {
    bus,
    database,
    redis,
    s3,
    config,
    rooms: new FakeRooms(bus),
    credits: new FakeCredits(bus),
    startWorker: () => aWorker({ ...config, ...nats.as('files-worker') }),
    findJob: (file: FileRecord) => findJob(redis.url, file),
  };
  await aService(AppModule, config);
  return environment;
}

async function findJob(url: string, file: FileRecord): Promise<{ state: string; attemptsMade: number } | null> {
  const queue = new Queue(EXTRACTION_QUEUE, { connection: { url } });
  try {
    const job = await queue.getJob(jobId({ fileId: file.id, version: file.version }));
    return job ? { state: await job.getState(), attemptsMade: job.attemptsMade } : null;
  } finally {
    await queue.close();
  }
}

async function aWorker(config: FilesConfig): Promise<INestApplicationContext> {
  const logger = process.env['TEST_LOGS'] ? undefined : (false as const);
  const app = await NestFactory.createApplicationContext(rootModule(WorkerModule, config), { logger, abortOnError: false });
  let closed: Promise<void> | undefined;
  const close = app.close.bind(app);
  app.close = () => (closed ??= close());
  onCleanup(() => app.close());
  return app;
}

type RoomOptions = {
  visibility?: 'public' | 'private';
  historyVisibility?: 'all' | 'since_join';
  whoCanPost?: 'everyone' | 'moderators';
  archivedAt?: string;
};
type MemberOptions = { role?: 'host' | 'moderator' | 'member'; joinedAt?: Date; mutedUntil?: string | null };

/** Stands in for the rooms service: says who is in, and counts how often it was asked. */
export class FakeRooms {
  asked = 0;
  version = 1;
  readonly facts: FactsDouble<typeof roomFacts>;
  private readonly known = new Map<string, { options: RoomOptions; members: Map<string, MemberOptions> }>();

  constructor(bus: TestBus) {
    this.facts = new FactsDouble(bus, roomFacts);
    bus.answer(rooms.getMembership, ({ roomId, userId }) => {
      this.asked += 1;
      const room = this.known.get(roomId);
      if (!room) throw new AppError('room_not_found');
      const member = room.members.get(userId);
      return {
        version: this.version,
        room: this.state(roomId),
        member: member
          ? {
              userId,
              username: 'ann',
              displayName: 'Ann',
              role: member.role ?? 'member',
              joinedAt: (member.joinedAt ?? new Date(0)).toISOString(),
              mutedUntil: member.mutedUntil ?? null,
            }
          : null,
      };
    });
  }

  aRoom(members: Record<string, MemberOptions>, options: RoomOptions = {}): string {
    const roomId = uuidv7();
    this.known.set(roomId, { options, members: new Map(Object.entries(members)) });
    return roomId;
  }

  setMember(roomId: string, userId: string, member: MemberOptions | null): void {
    const { members } = this.known.get(roomId)!;
    if (member) members.set(userId, member);
    else members.delete(userId);
  }

  archive(roomId: string, archivedAt: string): void {
    this.known.get(roomId)!.options.archivedAt = archivedAt;
  }

  state(roomId: string) {
    const { options } = this.known.get(roomId)!;
    return {
      id: roomId,
      name: 'Room',
      topic: '',
      description: '',
      visibility: options.visibility ?? ('private' as const),
      hasPassword: false,
      locked: false,
      lobby: false,
      botEnabled: true,
      slowModeSeconds: 0,
      whoCanPost: options.whoCanPost ?? ('everyone' as const),
      historyVisibility: options.historyVisibility ?? ('all' as const),
      removedCanRejoin: true,
      kind: 'room' as const,
      editWindowSeconds: 86_400,
      maxMembers: 100,
      hostId: null,
      createdAt: new Date(0).toISOString(),
      archivedAt: options.archivedAt ?? null,
    };
  }
}

/** Stands in for the accounts service: balances, and every hold by its key. */
export class FakeCredits {
  readonly balances = new Map<string, number>();
  readonly holds = new Map<string, { userId: string; amount: number; state: 'held' | 'committed' | 'released' }>();
  failCommits = 0;
  /** Whether commits take effect while their replies are lost. */
  losesReplies = false;

  constructor(bus: TestBus) {
    bus.answer(accounts.reserveCredits, ({ key, amount }, call) => {
      const userId = call.actorId!;
      if (!this.holds.has(key)) {
        if (this.left(userId) < amount) throw new AppError('insufficient_credits');
        this.holds.set(key, { userId, amount, state: 'held' });
      }
      return { creditsLeft: this.left(userId) };
    });
    bus.answer(accounts.commitCredits, ({ key }, call) => {
      if (this.failCommits > 0) {
        this.failCommits -= 1;
        throw new AppError('reservation_conflict');
      }
      this.holds.get(key)!.state = 'committed';
      if (this.losesReplies) throw new AppError('service_unavailable');
      return { creditsLeft: this.left(call.actorId!) };
    });
    bus.answer(accounts.releaseCredits, ({ key }, call) => {
      const hold = this.holds.get(key);
      if (hold?.state === 'held') hold.state = 'released';
      return { creditsLeft: this.left(call.actorId!) };
    });
  }

  left(userId: string): number {
    const taken = [...this.holds.values()].filter((hold) => hold.userId === userId && hold.state !== 'released');
    return taken.reduce((left, hold) => left - hold.amount, this.balances.get(userId) ?? 100);
  }

  spent(userId: string): number {
    return [...this.holds.values()].filter((hold) => hold.userId === userId && hold.state === 'committed').length;
  }
}

/** Uploads as the gateway does: opens, puts the bytes at the address, finishes. */
export async function upload(
  bus: TestBus,
  where: { roomId: string; userId: string },
  file: { name: string; bytes: Buffer | string },
): Promise<FileRecord> {
  const bytes = Buffer.from(file.bytes);
  const { roomId, userId } = where;
  const opened = await bus.call(files.openUpload, { roomId }, userId);
  const put = await fetch(opened.putUrl, { method: 'PUT', body: new Uint8Array(bytes) });
  if (!put.ok) throw new Error(`the store answered ${put.status}`);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const uploaded = { fileId: opened.fileId, name: file.name, size: bytes.length, sha256 };
  const recorded = await bus.call(files.recordUpload, { roomId, files: [uploaded] }, userId);
  return recorded.files[0]!;
}

/** The file once nothing more happens to it by itself. */
export async function extracted(bus: TestBus, file: FileRecord, userId: string): Promise<FileRecord> {
  return waitFor(
    async () => {
      const now = await bus.call(files.get, { roomId: file.roomId, fileId: file.id }, userId);
      return ['stored', 'queued', 'extracting'].includes(now.status) ? null : now;
    },
    { withinMs: 30_000, what: 'the extraction to end' },
  );
}
