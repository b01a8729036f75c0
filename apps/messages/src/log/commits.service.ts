import { COMMITS_SUBJECT, TimelineHeader, encodeCommit } from '@atrium/contracts';
import { Outbox } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AccessRepository } from '../access/access.repository.ts';
import { withinHorizon } from './horizon.ts';
import { encodeEntry, roomTimeline } from './log-entry.ts';
import { TimelineRepository } from './timeline.repository.ts';

/**
 * Reads commits again that a crash kept from being published. The outbox holds where they are in the log, not what they
 * say: the log has that already.
 */
@Injectable()
export class CommitsService implements OnModuleInit {
  constructor(
    private readonly em: EntityManager,
    private readonly outbox: Outbox,
    private readonly timeline: TimelineRepository,
    private readonly access: AccessRepository,
  ) {}

  onModuleInit(): void {
    this.outbox.holdsPointers(COMMITS_SUBJECT, (pointer) => this.read(pointer));
  }

  /** The commit as it was published otherwise; what an earlier version stored is whole. */
  async read(pointer: string): Promise<string> {
    if (!pointer.startsWith('[')) return pointer;
    const headers = TimelineHeader.array().parse(JSON.parse(pointer));
    return encodeCommit(await Promise.all(headers.map((header) => this.readRoom(header))));
  }

  private async readRoom(header: TimelineHeader): Promise<string> {
    const { roomId, fromSeq, toSeq } = header;
    const em = this.em.fork();
    const range = { after: fromSeq - 1, until: toSeq, limit: toSeq - fromSeq + 1, visibleFrom: 0 };
    const entries = await this.timeline.findRange(em, roomId, range);
    const horizon = await this.access.findHorizonOfAll(em, roomId);
    return roomTimeline(
      header,
      entries.map((entry) => encodeEntry(withinHorizon(entry, horizon))),
    ).encoded;
  }
}
