import { MAX_RESUME_ENTRIES, type Call, type OutputOf, type ParsedInputOf, type messages } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.ts';
import { encodeEntry } from './log-entry.ts';
import { TimelineRepository } from './timeline.repository.ts';

/** How clients and gateways catch up with a room. */
@Injectable()
export class TimelineService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: AccessService,
    private readonly repository: TimelineRepository,
  ) {}

  async events(actorId: string, input: ParsedInputOf<typeof messages.events>): Promise<OutputOf<typeof messages.events>> {
    const { visibleFrom } = await this.access.requireMember(input.roomId, actorId);
    // The head is read first: whatever is stored meanwhile can only make the answer longer than it says.
    const head = (await this.repository.findHead(this.em, input.roomId))!;
    const items = await this.repository.findRange(this.em, input.roomId, { after: input.after, limit: input.limit, visibleFrom });
    return { items, hasAfter: (items.at(-1)?.seq ?? head.lastSeq) < head.lastSeq, ...head };
  }

  /** With an actor, what that person may see; without, for a gateway that fans one room out to many. */
  async replay(input: ParsedInputOf<typeof messages.replay>, call: Call): Promise<OutputOf<typeof messages.replay>> {
    const visibleFrom = call.actorId === undefined ? 0 : (await this.access.requireMember(input.roomId, call.actorId)).visibleFrom;
    const head = await this.repository.findHead(this.em, input.roomId);
    const entries = await this.repository.findRange(this.em, input.roomId, { ...input, limit: MAX_RESUME_ENTRIES, visibleFrom });
    return {
      entries: entries.map(encodeEntry),
      fromSeq: entries[0]?.seq ?? input.after,
      toSeq: entries.at(-1)?.seq ?? input.after,
      lastSeq: head?.lastSeq ?? 0,
    };
  }
}
