import type { Message } from '@atrium/contracts';
import { RepeatedTask } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { NotificationsRepository, type Written } from './notifications.repository.ts';
import { NotificationsService } from './notifications.service.ts';

/** Soon enough for who has just answered; a statement for each commit would cost more than storing the messages does. */
const EVERY_MS = 300;
const AT_ONCE = 1_000;

/** Who writes in a room, or a thread, has read what they were told of it before. Off the way of the message itself. */
@Injectable()
export class OwnReading implements OnApplicationBootstrap, OnModuleDestroy {
  private waiting = new Map<string, Written>();
  private readonly turns = new RepeatedTask(() => this.readAll(), {
    everyMs: EVERY_MS,
    logger: new Logger('own-reading'),
    onFailure: 'what authors have read was not kept',
  });

  constructor(
    private readonly em: EntityManager,
    private readonly repository: NotificationsRepository,
    private readonly notifications: NotificationsService,
  ) {}

  onApplicationBootstrap(): void {
    this.turns.start();
  }

  async onModuleDestroy(): Promise<void> {
    // What was sent during a turn under way is not in it.
    await this.turns.runAfresh();
    await this.turns.stop();
  }

  /** What one person writes in one place is read up to the last, from the first on. */
  follow(sent: readonly Message[]): void {
    for (const { kind, authorId, roomId, parentId, seq } of sent) {
      if (kind !== 'text') continue;
      const place = `${authorId} ${parentId ?? roomId}`;
      const firstSeq = this.waiting.get(place)?.firstSeq ?? seq;
      this.waiting.set(place, { authorId, roomId, parentId, firstSeq, seq });
    }
  }

  private async readAll(): Promise<void> {
    const written = [...this.waiting.values()];
    this.waiting = new Map();
    for (let start = 0; start < written.length; start += AT_ONCE) await this.read(written.slice(start, start + AT_ONCE));
  }

  private async read(written: readonly Written[]): Promise<void> {
    for (const userId of await this.repository.readByAuthors(this.em.fork(), written)) await this.notifications.tellRead(userId);
  }
}
