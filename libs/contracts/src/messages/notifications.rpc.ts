import { z } from 'zod';
import { Cursor, Id, Instant, Limit, Nothing, listOf } from '../values.ts';
import { Notification, NotifyLevel, Preferences, PreferencesInput, RoomNotify } from './notifications.schema.ts';

const memberOnly = ['room_not_found', 'not_a_member'] as const;

/** What people are told of, and how they want to be told. */
export const notificationRpcs = {
  /** Newest first. */
  notifications: {
    input: z.object({ filter: z.enum(['unread', 'mentions', 'threads']).optional(), cursor: Cursor.optional(), limit: Limit }),
    /** `unread`: how many of all, up to 1,000. */
    output: listOf(Notification).extend({ unread: z.int() }),
    idempotent: true,
  },
  readNotifications: {
    /** The last one that was seen, or the moment; or one alone, by its id; all of them without either. */
    input: z
      .object({ upTo: z.union([Id, Instant]).optional(), id: Id.optional() })
      .refine(({ upTo, id }) => upTo === undefined || id === undefined, { error: 'give upTo or id, not both', path: ['id'] }),
    output: z.object({ unread: z.int() }),
    idempotent: true,
    codes: ['message_not_found'],
  },
  preferences: { input: Nothing, output: Preferences, idempotent: true, callers: { gateway: 'for-user', bot: 'naming-user' } },
  setPreferences: { input: PreferencesInput, output: Preferences, idempotent: true, codes: ['stale_version'] },
  setNotify: {
    input: RoomNotify.extend({ roomId: Id }),
    /** `notify` is what holds now; of two answers or frames the one with the higher `version` is the later. */
    output: RoomNotify.extend({ roomId: Id, notify: NotifyLevel, version: z.int().optional() }),
    idempotent: true,
    codes: memberOnly,
  },
  /** Takes a direct room out of the actor's list until the next message in it, or back in. */
  setHidden: { input: z.object({ roomId: Id, hidden: z.boolean() }), output: Nothing, idempotent: true, codes: memberOnly },
  /** Who has pages open at one gateway, and the rooms before their eyes; repeated every 30 s, at once on a change. */
  reportPages: {
    input: z.object({
      gatewayId: Id,
      /** Numbers the reports of this gateway: an older one that comes later changes nothing. */
      report: z.int().min(0).optional(),
      users: z
        .array(
          z.object({
            userId: Id,
            open: z.boolean(),
            /** Whether they are at one of the pages; who does not say so is taken to be. */
            active: z.boolean().optional(),
            roomIds: z.array(Id),
          }),
        )
        .max(20_000),
    }),
    output: Nothing,
    idempotent: true,
    callers: { gateway: 'for-itself' },
  },
} as const;
