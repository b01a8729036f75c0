import { transact } from '@atrium/database';
import { RepeatedTask, readGauge } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import { SearchIndexRepository } from './search-index.repository.ts';
import { WrittenRooms } from './written-rooms.ts';

const PASS_EVERY_MS = 200;
const ROOMS_A_PASS = 20;
/** A pass that took longer had much to read; whoever reads meanwhile then has the process to himself for as long. */
const LONG_PASS_MS = 50;
/** How many times as long it is while people go on to write: what they send is stored first. */
const REST_WHILE_WRITTEN = 3;
/** Rooms of which this process did not hear that something was written, since whoever wrote it ended. */
const COMPARE_EVERY_MS = 5000;
const COMPARED_AT_ONCE = 1000;
/** How long a search waits for what was written before it; what is not read by then is told to be missing. */
const WAIT_MS = 400;
const LOOK_AGAIN_MS = 25;

/** Reads the rooms' logs into the search index, in transactions of its own, soon after they were written. */
@Injectable()
export class SearchIndexer implements OnApplicationBootstrap, OnModuleDestroy {
  private behind = { entries: 0, seconds: 0 };
  private readonly passes = new RepeatedTask(() => this.readOn(), {
    everyMs: PASS_EVERY_MS,
    logger: new Logger('search-index'),
    onFailure: 'was not brought up to date',
  });
  private comparedAt = 0;

  constructor(
    private readonly em: EntityManager,
    private readonly index: SearchIndexRepository,
    private readonly written: WrittenRooms,
  ) {}

  onApplicationBootstrap(): void {
    const help = 'Entries of the log that the search index had not read when they were last compared';
    readGauge({ name: 'atrium_search_behind_entries', help }, () => this.behind.entries);
    readGauge({ name: 'atrium_search_behind_seconds', help: 'How old the oldest of them was' }, () => this.behind.seconds);
    this.passes.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.passes.stop();
  }

  /** Reads what was written so far in the rooms of one person. @returns how far it is behind after a while, in milliseconds */
  async catchUp(readerId: string): Promise<number> {
    const until = Date.now() + WAIT_MS;
    for (;;) {
      const { rooms } = await this.index.findBehind(this.em.fork(), ROOMS_A_PASS, readerId);
      if (rooms.length === 0) return 0;
      if (Date.now() > until) return this.index.findAge(this.em.fork(), rooms);
      const { isMoved } = await this.advance(rooms);
      // Somebody else is reading there.
      if (!isMoved) await wait(LOOK_AGAIN_MS);
    }
  }

  private async readOn(): Promise<void> {
    if (Date.now() - this.comparedAt > COMPARE_EVERY_MS) await this.compare();
    // What is written meanwhile waits for the next turn, which reads more of it at once.
    const due = this.written.takeAll();
    while (due.length > 0 && !this.passes.isStopped) {
      const startedAt = performance.now();
      const rooms = due.splice(0, ROOMS_A_PASS);
      const { left, isMoved } = await this.advance(rooms).catch((error: unknown) => {
        for (const roomId of [...rooms, ...due]) this.written.add(roomId);
        throw error;
      });
      if (isMoved) due.push(...left);
      // Somebody else is reading there: the next turn sees how far.
      else for (const roomId of left) this.written.add(roomId);
      const took = performance.now() - startedAt;
      if (took > LONG_PASS_MS) await wait(this.written.isEmpty ? took : REST_WHILE_WRITTEN * took);
    }
  }

  private async compare(): Promise<void> {
    this.comparedAt = Date.now();
    const em = this.em.fork();
    const { rooms, entries } = await this.index.findBehind(em, COMPARED_AT_ONCE);
    this.behind = { entries, seconds: (await this.index.findAge(em, rooms)) / 1000 };
    for (const roomId of rooms) this.written.add(roomId);
  }

  private advance(rooms: readonly string[]): Promise<{ left: string[]; isMoved: boolean }> {
    return transact(this.em, (tx) => this.index.advance(tx, rooms));
  }
}
