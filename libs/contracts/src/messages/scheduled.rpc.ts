import { z } from 'zod';
import type { RpcDefinition } from '../define.ts';
import { ERROR_CODES } from '../errors.ts';
import { Cursor, Id, Instant, Limit, Nothing, listOf } from '../values.ts';
import { Body, Message, MessageDraft } from './messages.schema.ts';

/** A message that goes out by itself at `sendAt`; with `failure`, one that was refused then and waits to be changed or cancelled. */
export const ScheduledMessage = z
  .object({
    id: Id,
    roomId: Id,
    parentId: Id.optional(),
    alsoInRoom: z.boolean().optional(),
    body: z.string(),
    fileIds: z.array(Id),
    sendAt: Instant,
    createdAt: Instant,
    failure: z.object({ code: z.enum(ERROR_CODES), detail: z.string(), at: Instant }).optional(),
  })
  .meta({ id: 'ScheduledMessage' });
export type ScheduledMessage = z.output<typeof ScheduledMessage>;

export const ScheduleInput = MessageDraft.extend({ sendAt: Instant });
export const ScheduleChanges = z.object({ body: Body.optional(), sendAt: Instant.optional() });

const notOne = ['scheduled_not_found', 'validation_failed', 'message_too_long'] as const;
const mayNotPost = ['room_not_found', 'not_a_member', 'room_archived', 'muted', 'posting_restricted', 'message_not_found'] as const;

export const scheduledRpcs = {
  /** The same `clientId` again answers with what it made, as long as it waits. */
  schedule: {
    input: ScheduleInput.extend({ roomId: Id }),
    output: ScheduledMessage,
    idempotent: true,
    codes: [...mayNotPost, 'validation_failed', 'message_too_long', 'too_many_scheduled'],
  },
  /** What waits to be sent, the next first. */
  scheduled: {
    input: z.object({ roomId: Id.optional(), cursor: Cursor.optional(), limit: Limit }),
    output: listOf(ScheduledMessage),
    idempotent: true,
    codes: ['validation_failed'],
  },
  reschedule: { input: ScheduleChanges.extend({ id: Id }), output: ScheduledMessage, idempotent: true, codes: notOne },
  unschedule: { input: z.object({ id: Id }), output: Nothing, idempotent: true, codes: ['scheduled_not_found'] },
  /** Sends it at once, as its author would. */
  sendScheduled: {
    input: z.object({ id: Id }),
    output: Message,
    codes: [...notOne, ...mayNotPost, 'slow_mode', 'file_not_found'],
  },
} as const satisfies Record<string, RpcDefinition>;
