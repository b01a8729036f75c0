import { RpcClient, type CallOptions } from '@atrium/bus';
import { messages, type Message } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { isLiteral, parseCommand } from '../commands/parse-command.ts';

/** What is read of a room's past at most: older messages would be drowned in a summary of this many anyway. */
export const MAX_MESSAGES = 500;
const PAGE = 100;

export type Reading = {
  /** Oldest first. */
  messages: Message[];
  /** Whether there was more than is ever read. */
  truncated: boolean;
};
type Page = { items: Message[]; hasBefore: boolean };

/** Whether a message is before the range, so that reading ends there. */
type IsEnd = (message: Message, countedSoFar: number) => boolean;

/** Reads the past of a room as the asker may see it: the messages service checks every page. */
@Injectable()
export class History {
  constructor(private readonly rpc: RpcClient) {}

  /** Backwards from `before`, or from the end, until `isEnd` holds for a message (which stays out) or enough was read. */
  async roomBack(roomId: string, { before, isEnd }: { before: number | undefined; isEnd: IsEnd }, call: CallOptions): Promise<Reading> {
    return readBack(before, isEnd, (until) => this.rpc.call(messages.page, { roomId, before: until, limit: PAGE }, call));
  }

  /** A thread up to `before`, its root first. */
  async thread(roomId: string, { rootId, before }: { rootId: string; before: number | undefined }, call: CallOptions): Promise<Reading> {
    let root: Message | undefined;
    const replies = await readBack(
      before,
      () => false,
      async (until) => {
        const page = await this.rpc.call(messages.thread, { roomId, messageId: rootId, before: until, limit: PAGE }, call);
        root = page.root;
        return { ...page, items: page.items.filter((message) => message.id !== rootId) };
      },
    );
    return { ...replies, messages: root && isCountable(root) ? [root, ...replies.messages] : replies.messages };
  }
}

async function readBack(
  before: number | undefined,
  isEnd: IsEnd,
  readPage: (until: number | undefined) => Promise<Page>,
): Promise<Reading> {
  const found: Message[] = [];
  for (let until = before; ;) {
    const page = await readPage(until);
    for (const message of [...page.items].reverse()) {
      if (isEnd(message, found.length)) return { messages: found.reverse(), truncated: false };
      if (found.length === MAX_MESSAGES) return { messages: found.reverse(), truncated: true };
      if (isCountable(message)) found.push(message);
    }
    const oldest = page.items[0];
    if (!page.hasBefore || !oldest) return { messages: found.reverse(), truncated: false };
    until = oldest.seq;
  }
}

/** What people said: no posts of bots or the system, nothing deleted, no commands. */
export function isCountable(message: Message): boolean {
  if (message.kind !== 'text' || message.deletedAt !== undefined || message.body.trim() === '') return false;
  return isLiteral(message.body) || parseCommand(message.body) === null;
}
