import type { Command } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { RoomStatesService } from '../rooms/room-states.service.ts';
import type { Point } from '../summaries/extract-points.ts';
import { SummariesService, type Summary } from '../summaries/summaries.service.ts';
import { MAX_LAST, parseSummaryRange, type SummaryRange } from '../summaries/summary-range.ts';
import { BotCommand, EVERYONE, type Ask } from './command.ts';
import { plainText } from './plain-text.ts';

/** `/summary`: what was said, in the words it was said in. */
@Injectable()
export class SummaryCommand extends BotCommand {
  readonly description: Command = {
    name: 'summary',
    description: 'Sums up what was said since you last read, since a time, in the last N messages, or in this thread.',
    usage: '/summary [since <when> | last <N> | thread]',
    arguments: [
      {
        name: 'range',
        description: `"since 2h", "since yesterday", "since 2026-11-20" (UTC), "last 50" (at most ${MAX_LAST}) or "thread"`,
        type: 'text',
        required: false,
      },
    ],
    allowedRoles: EVERYONE,
  };

  constructor(
    private readonly summaries: SummariesService,
    private readonly roomStates: RoomStatesService,
  ) {
    super();
  }

  async answer(ask: Ask): Promise<string> {
    const range = parseSummaryRange(ask.args, new Date(ask.message.createdAt));
    if (!range) return `I did not understand that. Try \`${this.description.usage}\`, for example \`/summary since 2h\`.`;
    if (range.kind === 'thread' && !ask.message.parentId) return 'Write `/summary thread` as a reply in the thread you mean.';
    const summary = await this.summaries.summarize(ask, range);
    return renderSummary(summary, { roomId: ask.roomId, range, names: await this.names(ask.roomId, summary.points) });
  }

  private async names(roomId: string, points: readonly Point[]): Promise<Map<string, string>> {
    const authorIds = [...new Set(points.map((point) => point.authorId))];
    const found = await Promise.all(authorIds.map((userId) => this.roomStates.findMembership(roomId, userId)));
    return new Map(authorIds.map((userId, index) => [userId, found[index]?.member?.displayName ?? 'Someone who left']));
  }
}

const NOTHING_UNREAD = 'Nothing new since you last read. `/summary last 50` goes further back.';

type Rendering = { roomId: string; range: SummaryRange; names: ReadonlyMap<string, string> };

export function renderSummary({ points, messageCount, truncated }: Summary, { roomId, range, names }: Rendering): string {
  if (points.length === 0) return range.kind === 'unread' ? NOTHING_UNREAD : 'Nothing new: no messages there to sum up.';
  const count = `${truncated ? 'the newest ' : ''}${messageCount} ${messageCount === 1 ? 'message' : 'messages'}`;
  const lines = points.map(({ seq, authorId, sentence }) => {
    const name = plainText(names.get(authorId) ?? 'Someone');
    return `- **${name}**: ${plainText(sentence)} [#${seq}](/rooms/${roomId}?at=${seq})`;
  });
  return `**Summary** of ${count} ${rangeLabel(range)}\n\n${lines.join('\n')}`;
}

function rangeLabel(range: SummaryRange): string {
  switch (range.kind) {
    case 'unread':
      return 'since you last read';
    case 'since':
      return `since ${plainText(range.label)}`;
    case 'last':
      return 'up to here';
    case 'thread':
      return 'in this thread';
  }
}
