import { z } from 'zod';
import { TimeZone } from '../time-zone.ts';
import { Id, Instant, Seq, line } from '../values.ts';

/** Why somebody is told of a message. */
export const NotificationReason = z.enum(['mention', 'room', 'here', 'moderators', 'thread', 'direct', 'reaction']);
export type NotificationReason = z.output<typeof NotificationReason>;

/** One person is told of one message once, whatever the reasons. Its id is the message's. */
export const Notification = z
  .object({
    id: Id,
    at: Instant,
    roomId: Id,
    messageId: Id,
    seq: Seq,
    threadId: Id.optional(),
    /** Who wrote the message or, for a reaction, who reacted. */
    actorId: Id,
    /** What an incoming webhook posted the message as: shown in place of the bot that writes for it. */
    sender: z.object({ name: z.string(), icon: z.string().optional() }).optional(),
    reasons: z.array(NotificationReason),
    /** The beginning of the message. */
    excerpt: z.string(),
    readAt: Instant.optional(),
  })
  .meta({ id: 'Notification' });
export type Notification = z.output<typeof Notification>;

/** What somebody is told of: everything that concerns them, only what calls them by name or group, or nothing. */
export const NotifyLevel = z.enum(['all', 'mentions', 'nothing']);
export type NotifyLevel = z.output<typeof NotifyLevel>;

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'must be a time of day such as 22:30' });

/** From one time of day to another, over midnight where it ends earlier than it begins. */
export const QuietHours = z.object({ from: TimeOfDay, to: TimeOfDay, timeZone: TimeZone });
export type QuietHours = z.output<typeof QuietHours>;

const PushPreview = z.enum(['full', 'sender', 'nothing']);

/** A section that somebody made in their list of rooms; a room is in the first that has it. */
export const RailSection = z.object({ id: Id, name: z.string(), roomIds: z.array(Id).max(500) }).meta({ id: 'RailSection' });
export type RailSection = z.output<typeof RailSection>;

/** How somebody wants to be told, and to have their rooms listed. */
export const Preferences = z
  .object({
    notify: NotifyLevel,
    /** Until then nothing rings; what comes is in the list all the same. */
    dndUntil: Instant.optional(),
    quietHours: QuietHours.optional(),
    sound: z.boolean(),
    /** Whether devices are told while no page is open. */
    push: z.boolean(),
    /** What such a device shows: who wrote and what, only who, or only that there is something. */
    pushPreview: PushPreview,
    language: z
      .string()
      .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, { error: 'must be a language tag such as en or de-CH' })
      .max(35)
      .optional(),
    /** Their own sections of the list of rooms, in their order. */
    sections: z.array(RailSection).optional(),
    /** Numbers what somebody prefers: the highest holds. */
    version: z.int().min(0).optional(),
  })
  .meta({ id: 'Preferences' });
export type Preferences = z.output<typeof Preferences>;

const { notify, dndUntil, quietHours, sound, push, pushPreview, language } = Preferences.shape;

/**
 * Preferences as somebody sets them: what is left out stays as it is. Null ends what need not be; so does leaving it out
 * of a body that names `notify`, `sound` and `push`, which is taken for the whole.
 */
export const PreferencesInput = z
  .object({
    notify: notify.optional(),
    dndUntil: dndUntil.nullable(),
    quietHours: quietHours.nullable(),
    sound: sound.optional(),
    push: push.optional(),
    pushPreview: pushPreview.optional(),
    language: language.nullable(),
    sections: z
      .array(RailSection.extend({ name: line(1, 40) }))
      .max(30)
      .optional(),
    /** The version that this changes: refused when there is a newer one. Without it, the later change stands. */
    ifVersion: z.int().min(0).optional(),
  })
  .meta({ id: 'PreferencesInput' });
export type PreferencesInput = z.output<typeof PreferencesInput>;

/** What holds in one room; `default` is what the person's preferences say. */
export const RoomNotify = z.object({
  level: z.enum(['all', 'mentions', 'nothing', 'default']),
  /** When the level goes back to the default by itself. */
  until: Instant.optional(),
});
export type RoomNotify = z.output<typeof RoomNotify>;
