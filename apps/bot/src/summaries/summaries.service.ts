import { RpcClient, type CallOptions } from '@atrium/bus';
import { messages, type Message } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import type { Ask } from '../commands/command.ts';
import { extractPoints, type Point } from './extract-points.ts';
import { History, type Reading } from './history.ts';
import type { SummaryRange } from './summary-range.ts';

export type Summary = { points: Point[]; messageCount: number; truncated: boolean };

/** Summaries out of what was said, word for word: nothing is made up, and every point can be followed. */
@Injectable()
export class SummariesService {
  constructor(
    private readonly rpc: RpcClient,
    private readonly history: History,
  ) {}

  async summarize(ask: Ask, range: SummaryRange): Promise<Summary> {
    const reading = await this.read(ask, range);
    const askerId = ask.asker.userId;
    // What the whole room will read must not tell newcomers what the room hides from them.
    const shown = reading.messages.filter(
      (message) => message.seq > ask.hiddenUpToSeq && (range.kind !== 'unread' || message.authorId !== askerId),
    );
    const points = extractPoints(shown.map((message) => toSummaryMessage(message, askerId)));
    return { points, messageCount: shown.length, truncated: reading.truncated };
  }

  private async read({ roomId, seq: before, asker, call }: Ask, range: SummaryRange): Promise<Reading> {
    switch (range.kind) {
      case 'thread':
        return this.history.thread(roomId, { rootId: range.rootId, before }, call);
      case 'last':
        return this.history.roomBack(roomId, { before, isEnd: (_earlier, counted) => counted >= range.count }, call);
      case 'since':
        return this.history.roomBack(roomId, { before, isEnd: (earlier) => new Date(earlier.createdAt) < range.at }, call);
      case 'unread': {
        const readUpTo = await this.readUpTo(roomId, before, call);
        const isEnd =
          readUpTo === null ? (earlier: Message) => earlier.authorId === asker.userId : (earlier: Message) => earlier.seq <= readUpTo;
        return this.history.roomBack(roomId, { before, isEnd }, call);
      }
    }
  }

  /**
   * How far the asker had read before this visit: opening the room moved the marker, and posting the command too. Null
   * when only a later place is known; then what the asker wrote last stands for what was read last.
   */
  private async readUpTo(roomId: string, commandSeq: number | undefined, call: CallOptions): Promise<number | null> {
    const { items } = await this.rpc.call(messages.activity, { roomIds: [roomId] }, call);
    const marker = items[0]?.me;
    const places = [marker?.readSeqBeforeVisit, marker?.readSeq, marker?.readSeqBeforeSend];
    return places.find((seq) => seq !== undefined && (commandSeq === undefined || seq < commandSeq)) ?? null;
  }
}

const toSummaryMessage = (message: Message, askerId: string) => ({
  seq: message.seq,
  authorId: message.authorId,
  body: message.body,
  replyCount: message.replyCount,
  reactions: message.reactions.reduce((sum, { count }) => sum + count, 0),
  files: message.files.length,
  pinned: message.pinnedAt !== undefined,
  namesSomebody: message.mentions.userIds.length > 0 || message.mentions.room || message.mentions.here || message.mentions.moderators,
  namesAsker: message.mentions.userIds.includes(askerId),
});
