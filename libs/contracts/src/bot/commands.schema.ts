import { z } from 'zod';
import { Message } from '../messages/messages.schema.ts';
import { RoomRole } from '../rooms/roles.ts';
import { TimeZone } from '../time-zone.ts';
import { Id, Instant, isStorable } from '../values.ts';

/** What may stand in a place of a command. `user` is how releases before wrote `member`. */
export const ArgumentType = z.enum(['text', 'number', 'user', 'duration', 'time', 'member', 'choice']);
export type ArgumentType = z.output<typeof ArgumentType>;

/** One place of a command, in the order in which they are written; all that completion and checking need. */
export const CommandArgument = z
  .object({
    name: z.string(),
    /** What it is called in the language of who reads this, where that is not its name. */
    label: z.string().optional(),
    description: z.string(),
    type: ArgumentType,
    required: z.boolean(),
    /** The words that a `choice` may be. */
    choices: z.array(z.string()).optional(),
    /** The bounds of a `number`, or of a `duration` in milliseconds; of a `text`, `max` is its longest, in characters. */
    min: z.int().optional(),
    max: z.int().optional(),
    /** What parts the items of a `text` that is a list. */
    separator: z.string().optional(),
    /** The place is there only where an earlier one says one of these; null stands for nothing said. */
    where: z.object({ argument: z.string(), says: z.array(z.string().nullable()) }).optional(),
  })
  .meta({ id: 'CommandArgument' });
export type CommandArgument = z.output<typeof CommandArgument>;

export const CommandFlag = z.object({ name: z.string(), description: z.string() });

/** A command of the room bot; `/help`, completion, checking and `GET /commands` all read this. */
export const Command = z
  .object({
    name: z.string(),
    description: z.string(),
    usage: z.string(),
    arguments: z.array(CommandArgument),
    /** Words such as `--public` that may stand anywhere after the name. */
    flags: z.array(CommandFlag).optional(),
    /** Whether it answers with a message in the room even when nothing asks for it. */
    posts: z.boolean().optional(),
    allowedRoles: z.array(RoomRole),
    /** The bot that answers it; the room bot when absent. */
    bot: z.object({ id: Id, username: z.string(), name: z.string() }).optional(),
  })
  .meta({ id: 'Command' });
export type Command = z.output<typeof Command>;

export const NoteLink = z.object({
  label: z.string(),
  href: z.string(),
  /** It is made to be given to others: the page offers to copy it. */
  shareable: z.boolean().optional(),
});
export type NoteLink = z.output<typeof NoteLink>;

/** Runs a command for the reader of the note when it is pressed. */
export const NoteButton = z.object({ label: z.string(), command: z.string() });
export type NoteButton = z.output<typeof NoteButton>;

/** Words for one person alone, on all of their devices; not in the log. One with the id of an earlier one takes its place. */
export const PersonalNote = z
  .object({
    id: Id,
    roomId: Id,
    parentId: Id.optional(),
    at: Instant,
    /** CommonMark. */
    body: z.string(),
    links: z.array(NoteLink),
    buttons: z.array(NoteButton).optional(),
    /** What was run, as it was written. */
    command: z.string().optional(),
    /** The answer is still being made, and will come in this one's place. */
    working: z.boolean().optional(),
  })
  .meta({ id: 'Note' });
export type PersonalNote = z.output<typeof PersonalNote>;

/** What runs a command without posting it. */
export const CommandRun = z
  .object({
    text: z
      .string()
      .trim()
      .min(1, { error: 'must not be empty' })
      .max(10_000)
      .refine(isStorable, { error: 'must not contain null characters or halves of characters' }),
    parentId: Id.optional(),
    clientId: z.string().min(1).max(64).refine(isStorable, { error: 'must not contain null characters' }).optional(),
    /** The caller's, for the times in what is written; UTC when absent. */
    timeZone: TimeZone.optional(),
  })
  .meta({ id: 'CommandRun' });
export type CommandRun = z.output<typeof CommandRun>;

/** A command as it is being written. */
export const CommandDraftText = CommandRun.pick({ text: true, timeZone: true });

/** What is known of a command before it is run. */
export const CommandCheck = z
  .object({
    /** The first argument that is wrong, and why; `missing` where it is only not there yet. */
    fault: z.object({ path: z.string(), message: z.string(), missing: z.boolean().optional() }).nullable(),
    /** What was read in places where that is not plain: a time as its writer's clock will show it. */
    reads: z.array(z.object({ argument: z.string(), text: z.string() })),
  })
  .meta({ id: 'CommandCheck' });
export type CommandCheck = z.output<typeof CommandCheck>;

/** What became of a command that was run: words for its caller, or the message that it posted. */
export const CommandReply = z.object({ note: PersonalNote.optional(), message: Message.optional() });
export type CommandReply = z.output<typeof CommandReply>;
