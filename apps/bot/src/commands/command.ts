import type { Command, Message } from '@atrium/contracts';
import type { CallOptions } from '@atrium/bus';
import type { Membership } from '../rooms/room-states.service.ts';

/** Who asks what, where. Everything a command reads, it reads with `call`: as the asker, never as the bot. */
export type Ask = {
  roomId: string;
  room: Membership['room'];
  asker: NonNullable<Membership['member']>;
  message: Message;
  args: string;
  call: CallOptions;
  /** Entries up to this one are not for everybody who will read the answer; 0 when the room hides nothing. */
  hiddenUpToSeq: number;
};

/** One command: how it is described, in one place for all readers, and how it answers. */
export abstract class BotCommand {
  abstract readonly description: Command;
  /** The answer to post, as CommonMark. */
  abstract answer(ask: Ask): Promise<string>;
}

export const EVERYONE: Command['allowedRoles'] = ['host', 'moderator', 'member'];
