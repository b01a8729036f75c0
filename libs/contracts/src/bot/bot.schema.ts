import { z } from 'zod';
import { Id, Instant, line, nameLine, prose } from '../values.ts';

export const PollOption = z.object({
  text: z.string(),
  votes: z.int(),
  /** Who chose it, at most 20; empty where votes are secret. */
  userIds: z.array(Id),
});

/** A poll as everyone sees it; `mine` stands only in what is made for one caller. */
export const Poll = z
  .object({
    id: Id,
    roomId: Id,
    messageId: Id.nullable(),
    authorId: Id,
    question: z.string(),
    options: z.array(PollOption),
    /** Whether one may choose several. */
    multiple: z.boolean(),
    anonymous: z.boolean(),
    voters: z.int(),
    createdAt: Instant,
    closedAt: Instant.nullable(),
    mine: z.array(z.int()).optional(),
  })
  .meta({ id: 'Poll' });
export type Poll = z.output<typeof Poll>;

export const Reminder = z
  .object({
    id: Id,
    roomId: Id,
    /** How its owner names it in `/remind cancel`. */
    number: z.int(),
    /** Told to the whole room instead of to its owner alone. */
    forRoom: z.boolean(),
    text: z.string(),
    dueAt: Instant,
    /** In words, when it comes again: "every Monday at 09:00". */
    repeats: z.string().nullable(),
    timeZone: z.string(),
    /** Told, and not yet put away by its owner. */
    firedAt: Instant.nullable(),
  })
  .meta({ id: 'Reminder' });
export type Reminder = z.output<typeof Reminder>;

/** What moderators let the bot answer by itself. */
export const KeywordAnswerInput = z
  .object({
    /** A word or phrase; met as whole words, in any case. */
    keyword: line(1, 80).refine((v) => /[\p{L}\p{N}]/u.test(v), { error: 'must hold a letter or a digit' }),
    answer: prose(1, 2000),
    /** At least so long between two answers in one room; 0 answers each time. */
    everySeconds: z.int().min(0).max(604_800).default(0),
    /** Where the answer goes: into the room, or into a thread below what was said. */
    place: z.enum(['room', 'thread']).default('room'),
  })
  .meta({ id: 'KeywordAnswerInput' });
export const KeywordAnswer = z
  .object({
    id: Id,
    keyword: z.string(),
    answer: z.string(),
    everySeconds: z.int(),
    place: z.enum(['room', 'thread']),
    /** One that every room begins with; a room's own takes its place. */
    builtIn: z.boolean(),
  })
  .meta({ id: 'KeywordAnswer' });
export type KeywordAnswer = z.output<typeof KeywordAnswer>;

/** A way for other programs to post into a room, or to be told of what happens there. */
export const Webhook = z
  .object({
    id: Id,
    roomId: Id,
    kind: z.enum(['incoming', 'outgoing']),
    name: z.string(),
    /** Whether what it posts may ping people. */
    mayPing: z.boolean(),
    /** Where an outgoing one posts; null for an incoming one. */
    url: z.string().nullable(),
    /** What an outgoing one is told of. */
    events: z.array(z.string()),
    createdBy: Id,
    createdAt: Instant,
    lastUsedAt: Instant.nullable(),
    /** Since when nothing that an outgoing one told has arrived. */
    failingSince: Instant.nullable(),
    /** Switched off, by a moderator or after a day of failure. */
    disabledAt: Instant.nullable(),
  })
  .meta({ id: 'Webhook' });
export type Webhook = z.output<typeof Webhook>;
export const WebhookName = nameLine(1, 80);
