import { z } from 'zod';
import { BotAccount } from '../accounts/bots.rpc.ts';
import { RoomRole } from '../rooms/roles.ts';
import { Id, Instant, line, prose } from '../values.ts';
import { ArgumentType, Command, NoteButton, NoteLink } from './commands.schema.ts';

const Word = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,31}$/, { error: 'must be a word of at most 32 of a-z, 0-9, _ -, and begin with a letter' });

const Argument = z
  .object({
    name: Word,
    description: line(0, 200).default(''),
    type: ArgumentType.default('text'),
    required: z.boolean().default(false),
    choices: z.array(line(1, 64)).min(1).max(50).optional(),
    min: z.int().optional(),
    max: z.int().optional(),
    separator: z.string().min(1).max(3).optional(),
  })
  .refine(({ min, max }) => min === undefined || max === undefined || min <= max, { error: 'must not be more than max', path: ['min'] })
  .refine(({ type, choices }) => type !== 'choice' || choices !== undefined, { error: 'are needed for a choice', path: ['choices'] });

/** A command that a bot registers. What it leaves out is made from the rest. */
export const CommandDraft = z
  .object({
    name: Word,
    description: line(1, 200),
    usage: line(1, 200).optional(),
    arguments: z.array(Argument).max(10).default([]),
    flags: z
      .array(z.object({ name: Word, description: line(0, 200).default('') }))
      .max(10)
      .optional(),
    /** Whether it is answered with a message in the room even when nothing asks for it. */
    posts: z.boolean().optional(),
    allowedRoles: z.array(RoomRole).min(1).optional(),
  })
  .refine((command) => new Set(command.arguments.map(({ name }) => name)).size === command.arguments.length, {
    error: 'must have names of their own',
    path: ['arguments'],
  })
  .meta({ id: 'CommandDraft' });
export type CommandDraft = z.output<typeof CommandDraft>;

/** A bot as its owner sees it. */
export const Bot = BotAccount.extend({
  commands: z.array(Command),
  /** Where its commands are posted; null, they come over its socket. */
  url: z.string().nullable(),
  rooms: z.array(z.object({ id: Id, name: z.string() })),
}).meta({ id: 'Bot' });
export type Bot = z.output<typeof Bot>;

/** How long a bot has for its answer. */
export const INTERACTION_SECONDS = 60;

/** Somebody uses a command of a bot: what the bot is told, by a signed request or over its socket. */
export const Interaction = z
  .object({
    id: Id,
    botId: Id,
    roomId: Id,
    user: z.object({ id: Id, username: z.string(), displayName: z.string(), role: RoomRole }),
    /** The name of the command, and all that was written. */
    command: z.string(),
    text: z.string(),
    /** By the names of the arguments: times as ISO 8601, durations in milliseconds, members by their username. */
    values: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
    flags: z.array(z.string()),
    /** Whether the answer is for everybody in the room; otherwise it is for who asked. */
    public: z.boolean(),
    parentId: Id.optional(),
    timeZone: z.string(),
    at: Instant,
    /** An answer that comes later is refused. */
    expiresAt: Instant,
  })
  .meta({ id: 'Interaction' });
export type Interaction = z.output<typeof Interaction>;

/** What a bot answers: to who asked, or to the room. */
export const InteractionAnswer = z
  .object({
    /** CommonMark. */
    body: prose(1, 8000),
    links: z
      .array(
        NoteLink.pick({ shareable: true }).extend({
          label: line(1, 80),
          href: z
            .string()
            .regex(/^(https?:\/\/|\/(?!\/))\S*$/, { error: 'must be an address' })
            .max(2000),
        }),
      )
      .max(10)
      .optional(),
    /** Commands that the reader of a note may run with a press. A message in the room has none. */
    buttons: z
      .array(
        NoteButton.extend({
          label: line(1, 80),
          command: line(2, 1000).refine((text) => /^\/[a-z]/i.test(text), { error: 'must begin with / and the name of a command' }),
        }),
      )
      .max(5)
      .optional(),
    /** A message in the room, also where a note was asked for. */
    public: z.boolean().optional(),
  })
  .meta({ id: 'InteractionAnswer' });
export type InteractionAnswer = z.output<typeof InteractionAnswer>;
