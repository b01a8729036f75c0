import { MAX_RESUME_ENTRIES, type Call, type OutputOf, type ParsedInputOf, type TimelineEntry, type messages } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.ts';
import { withinHorizon, type Horizon } from './horizon.ts';
import { encodeEntry } from './log-entry.ts';
import { TimelineRepository } from './timeline.repository.ts';

/** Entries read at once for a replay, and after how much text an answer ends: whoever asks comes back for the rest. */
const REPLAY_PORTION = 250;
const REPLAY_LENGTH = 1_000_000;

/** How clients and gateways catch up with a room. */
@Injectable()
export class TimelineService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: AccessService,
    private readonly repository: TimelineRepository,
  ) {}

  async events(actorId: string, input: ParsedInputOf<typeof messages.events>): Promise<OutputOf<typeof messages.events>> {
    const { visibleFrom, horizon } = await this.access.requireMember(input.roomId, actorId);
    const head = (await this.repository.findHead(this.em, input.roomId))!;
    const items = await this.repository.findRange(this.em, input.roomId, {
      after: input.after,
      until: head.lastSeq,
      limit: input.limit,
      visibleFrom,
    });
    const shown = items.map((entry) => withinHorizon(entry, horizon));
    return { items: shown, hasAfter: (items.at(-1)?.seq ?? head.lastSeq) < head.lastSeq, ...head };
  }

  /** With an actor, what that person may see; without, for a gateway that fans one room out to many. */
  async replay(input: ParsedInputOf<typeof messages.replay>, call: Call): Promise<OutputOf<typeof messages.replay>> {
    const { visibleFrom, horizon } = await this.readerOf(input.roomId, call.actorId);
    const head = await this.repository.findHead(this.em, input.roomId);
    const until = Math.min(input.until ?? Infinity, head?.lastSeq ?? 0);
    const entries: TimelineEntry[] = [];
    let length = 0;
    while (length < REPLAY_LENGTH && entries.length < MAX_RESUME_ENTRIES) {
      const range = { after: entries.at(-1)?.seq ?? input.after, until, limit: REPLAY_PORTION, visibleFrom };
      const portion = await this.repository.findRange(this.em, input.roomId, range);
      entries.push(...portion);
      if (portion.length < REPLAY_PORTION) break;
      length += portion.reduce((sum, entry) => sum + (entry.type === 'message.created' ? entry.message.body.length : 0), 0);
    }
    return {
      entries: entries.map((entry) => encodeEntry(withinHorizon(entry, horizon))),
      fromSeq: entries[0]?.seq ?? input.after,
      toSeq: entries.at(-1)?.seq ?? input.after,
      lastSeq: head?.lastSeq ?? 0,
    };
  }

  private async readerOf(roomId: string, actorId: string | undefined): Promise<{ visibleFrom: number; horizon: Horizon }> {
    if (actorId !== undefined) return this.access.requireMember(roomId, actorId);
    return { visibleFrom: 0, horizon: await this.access.findHorizonOfAll(roomId) };
  }
}
