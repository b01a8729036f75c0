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
import { i18n } from '../words/words.ts';

/** `/summary`: what was said, in the words it was said in. */
@Injectable()
export class SummaryCommand extends BotCommand {
  get description(): Command {
    return {
      name: 'summary',
      description: i18n.t('Sums up what was said since you last read, since a time, in the last N messages, or in this thread.'),
      usage: i18n.t('/summary [since <when> | last <N> | thread]'),
      arguments: [
        {
          name: 'range',
          label: i18n.t('range'),
          description: i18n.t('what to sum up'),
          type: 'choice',
          choices: ['since', 'last', 'thread'],
          required: false,
        },
        {
          name: 'when',
          label: i18n.t('when'),
          description: i18n.t('"2h", "yesterday", "monday", "14:30" or "2026-11-20"'),
          type: 'time',
          required: true,
          where: { argument: 'range', says: ['since'] },
        },
        {
          name: 'count',
          label: i18n.t('count'),
          description: i18n.t('how many messages, at most {most}', { most: MAX_LAST }),
          type: 'number',
          min: 1,
          max: MAX_LAST,
          required: true,
          where: { argument: 'range', says: ['last'] },
        },
        {
          name: 'unit',
          label: i18n.t('unit'),
          description: i18n.t('may be left out'),
          type: 'choice',
          choices: ['messages', 'message'],
          required: false,
          where: { argument: 'range', says: ['last'] },
        },
      ],
      allowedRoles: EVERYONE,
    };
  }

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
    const names = await this.names(ask.roomId, summary.points);
    return () => ({ body: renderSummary(summary, { ask, range, names }) });
  }

  private async names(roomId: string, points: readonly Point[]): Promise<Map<string, string>> {
    const authorIds = [...new Set(points.flatMap(({ authorId, outcome }) => (outcome ? [authorId, outcome.authorId] : [authorId])))];
    const found = await Promise.all(authorIds.map((userId) => this.roomStates.findMembership(roomId, userId)));
    return new Map(authorIds.map((userId, index) => [userId, found[index]?.member?.displayName ?? i18n.t('Someone who left')]));
  }
}

/** @throws AppError `validation_failed` where there is no thread to sum up */
function rangeOf({ values, parentId }: Ask): SummaryRange {
  const { range, when, count } = values;
  if (range === 'last') return { kind: 'last', count: Number(count) };
  if (range === 'since') {
    const { at } = when as TimeRead;
    return { kind: 'since', at };
  }
  if (range !== 'thread') return { kind: 'unread' };
  if (parentId !== undefined) return { kind: 'thread', rootId: parentId };
  const errors = [{ path: 'range', message: i18n.t('thread: use it in the thread you mean, as a reply') }];
  throw new AppError('validation_failed', i18n.t('Use /summary thread in the thread you mean, as a reply.'), { errors });
}

type Rendering = { ask: Pick<Ask, 'roomId' | 'now' | 'timeZone'>; range: SummaryRange; names: ReadonlyMap<string, string> };

export function renderSummary({ points, messageCount, truncated }: Summary, { ask, range, names }: Rendering): string {
  const { roomId } = ask;
  if (points.length === 0)
    return range.kind === 'unread'
      ? i18n.t('Nothing new since you last read. `/summary last 50` goes further back.')
      : i18n.t('Nothing new: no messages there to sum up.');
  const count = { count: messageCount };
  const messages = truncated
    ? i18n.t('the newest {count, plural, one {# message} other {# messages}}', count)
    : i18n.t('{count, plural, one {# message} other {# messages}}', count);
  const told = ({ seq, authorId, sentence }: Point): string => {
    const name = plainText(names.get(authorId) ?? i18n.t('Someone'));
    return `**${name}**: ${plainText(sentence)} [#${seq}](/rooms/${roomId}?at=${seq})`;
  };
  const lines = points.flatMap((point) => [`- ${told(point)}`, ...(point.outcome ? [`  - ${told(point.outcome)}`] : [])]);
  return `${headOf(messages, range, ask)}\n\n${lines.join('\n')}`;
}

function headOf(messages: string, range: SummaryRange, clock: Clock): string {
  switch (range.kind) {
    case 'unread':
      return i18n.t('**Summary** of {messages} since you last read', { messages });
    case 'since':
      return i18n.t('**Summary** of {messages} since {time}', { messages, time: timeText(range.at, clock) });
    case 'last':
      return i18n.t('**Summary** of {messages} up to here', { messages });
    case 'thread':
      return i18n.t('**Summary** of {messages} in this thread', { messages });
  }
}
