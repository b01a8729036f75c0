import type { Message } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger } from '@nestjs/common';
import { NotificationsRepository } from './notifications.repository.ts';
import { NotificationsService } from './notifications.service.ts';

/** Who writes in a room, or a thread, has read what they were told of it before. Off the way of the message itself. */
@Injectable()
export class OwnReading {
  private readonly logger = new Logger('own-reading');

  constructor(
    private readonly em: EntityManager,
    private readonly repository: NotificationsRepository,
    private readonly notifications: NotificationsService,
  ) {}

  follow(sent: readonly Message[]): void {
    const own = sent.filter(({ kind }) => kind === 'text');
    if (own.length === 0) return;
    this.read(own).catch((error: unknown) => this.logger.warn(`what authors have read was not kept: ${(error as Error).message}`));
  }

  private async read(own: readonly Message[]): Promise<void> {
    for (const userId of await this.repository.readByAuthors(this.em.fork(), own)) await this.notifications.tellRead(userId);
  }
}
