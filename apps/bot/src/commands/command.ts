import type { CallOptions } from '@atrium/bus';
import type { ArgumentValue, Command, NoteButton, NoteLink, TimeFault, TimeRead } from '@atrium/contracts';
import type { Membership } from '../rooms/room-states.service.ts';
import type { Clock } from '../when/clock.ts';
import { readComingTime } from '../when/read-time.ts';

/** Who asks what, where. Everything a command reads, it reads with `call`: as the asker, never as the bot. */
export type Ask = Clock & {
  /** Of the message or the run: what a command makes under this id, a repeat does not make again. */
  id: string;
  roomId: string;
  room: Membership['room'];
  asker: NonNullable<Membership['member']>;
  /** The thread it was asked in. */
  parentId: string | undefined;
  /** The place of a command that was posted; one that was run has none. */
  seq: number | undefined;
  values: Readonly<Record<string, ArgumentValue>>;
  flags: ReadonlySet<string>;
  call: CallOptions;
  /** Entries up to this one are not for everybody who will read the answer; 0 when there are none. */
  hiddenUpToSeq: number;
  /** Whether the asker alone reads the answer. */
  personal: boolean;
};

/** What a command says, as CommonMark. A post of its own kind is known by its `clientId`. */
export type CommandWords = { body: string; links?: NoteLink[]; buttons?: NoteButton[]; clientId?: string };
/** What is known, to be said in the language of whoever reads it. */
export type CommandAnswer = () => CommandWords;

/** One command: how it is described, in one place for all readers, and how it answers. */
export abstract class BotCommand {
  /** In the language of who asks. */
  abstract get description(): Command;
  abstract answer(ask: Ask): Promise<CommandAnswer>;

  /** How its places for a time are read. */
  readTime(text: string, clock: Clock): TimeRead | TimeFault {
    return readComingTime(text, clock);
  }
}

export const EVERYONE: Command['allowedRoles'] = ['host', 'moderator', 'member'];
