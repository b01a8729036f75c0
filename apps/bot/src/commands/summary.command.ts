import { AppError, type Command, type TimeFault, type TimeRead } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { RoomStatesService } from '../rooms/room-states.service.ts';
import type { Point } from '../summaries/extract-points.ts';
import { SummariesService, type Summary } from '../summaries/summaries.service.ts';
import { MAX_LAST, type SummaryRange } from '../summaries/summary-range.ts';
import { timeText, type Clock } from '../when/clock.ts';
import { readPastTime } from '../when/read-time.ts';
import { BotCommand, EVERYONE, type Ask, type CommandAnswer } from './command.ts';
import { plainText } from './plain-text.ts';

/** `/summary`: what was said, in the words it was said in. */
@Injectable()
export class SummaryCommand extends BotCommand {
  readonly description: Command = {
    name: 'summary',
    description: 'Sums up what was said since you last read, since a time, in the last N messages, or in this thread.',
    usage: '/summary [since <when> | last <N> | thread]',
    arguments: [
      { name: 'range', description: 'what to sum up', type: 'choice', choices: ['since', 'last', 'thread'], required: false },
      {
        name: 'when',
        description: '"2h", "yesterday", "monday", "14:30" or "2026-11-20"',
        type: 'time',
        required: true,
        where: { argument: 'range', says: ['since'] },
      },
      {
        name: 'count',
        description: `how many messages, at most ${MAX_LAST}`,
        type: 'number',
        min: 1,
        max: MAX_LAST,
        required: true,
        where: { argument: 'range', says: ['last'] },
      },
      {
        name: 'unit',
        description: 'may be left out',
        type: 'choice',
        choices: ['messages', 'message'],
        required: false,
        where: { argument: 'range', says: ['last'] },
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

  override readTime(text: string, clock: Clock): TimeRead | TimeFault {
    return readPastTime(text, clock);
  }

  async answer(ask: Ask): Promise<CommandAnswer> {
    const range = rangeOf(ask);
    const summary = await this.summaries.summarize(ask, range);
    return { body: renderSummary(summary, { roomId: ask.roomId, range, names: await this.names(ask.roomId, summary.points) }) };
  }

  private async names(roomId: string, points: readonly Point[]): Promise<Map<string, string>> {
    const authorIds = [...new Set(points.flatMap(({ authorId, outcome }) => (outcome ? [authorId, outcome.authorId] : [authorId])))];
    const found = await Promise.all(authorIds.map((userId) => this.roomStates.findMembership(roomId, userId)));
    return new Map(authorIds.map((userId, index) => [userId, found[index]?.member?.displayName ?? 'Someone who left']));
  }
}

/** @throws AppError `validation_failed` where there is no thread to sum up */
function rangeOf({ values, parentId, now, timeZone }: Ask): SummaryRange {
  const { range, when, count } = values;
  if (range === 'last') return { kind: 'last', count: Number(count) };
  if (range === 'since') {
    const { at } = when as TimeRead;
    return { kind: 'since', at, label: timeText(at, { now, timeZone }) };
  }
  if (range !== 'thread') return { kind: 'unread' };
  if (parentId !== undefined) return { kind: 'thread', rootId: parentId };
  const errors = [{ path: 'range', message: 'thread: use it in the thread you mean, as a reply' }];
  throw new AppError('validation_failed', 'Use /summary thread in the thread you mean, as a reply.', { errors });
}

const NOTHING_UNREAD = 'Nothing new since you last read. `/summary last 50` goes further back.';

type Rendering = { roomId: string; range: SummaryRange; names: ReadonlyMap<string, string> };

export function renderSummary({ points, messageCount, truncated }: Summary, { roomId, range, names }: Rendering): string {
  if (points.length === 0) return range.kind === 'unread' ? NOTHING_UNREAD : 'Nothing new: no messages there to sum up.';
  const count = `${truncated ? 'the newest ' : ''}${messageCount} ${messageCount === 1 ? 'message' : 'messages'}`;
  const told = ({ seq, authorId, sentence }: Point): string => {
    const name = plainText(names.get(authorId) ?? 'Someone');
    return `**${name}**: ${plainText(sentence)} [#${seq}](/rooms/${roomId}?at=${seq})`;
  };
  const lines = points.flatMap((point) => [`- ${told(point)}`, ...(point.outcome ? [`  - ${told(point.outcome)}`] : [])]);
  return `**Summary** of ${count} ${rangeLabel(range)}\n\n${lines.join('\n')}`;
}

function rangeLabel(range: SummaryRange): string {
  switch (range.kind) {
    case 'unread':
      return 'since you last read';
    case 'since':
      return `since ${range.label}`;
    case 'last':
      return 'up to here';
    case 'thread':
      return 'in this thread';
  }
}
