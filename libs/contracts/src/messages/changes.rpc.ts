import { z } from 'zod';
import type { RpcDefinition } from '../define.ts';
import { Id, prose } from '../values.ts';
import { Body, Message, MessageVersion } from './messages.schema.ts';

const oneMessage = z.object({ roomId: Id, messageId: Id });

/** Why a moderator deletes what somebody else wrote. */
export const DeletionReason = prose(1, 200);

/** What changes a message after it was sent. */
export const messageChanges = {
  /** By its author, within the room's edit window; with `ifVersion`, only what the author saw. */
  edit: {
    input: oneMessage.extend({ body: Body, ifVersion: z.int().min(1).optional() }),
    output: Message,
    codes: [
      'room_not_found',
      'not_a_member',
      'room_archived',
      'muted',
      'message_not_found',
      'forbidden',
      'edit_window_closed',
      'stale_version',
      'message_too_long',
      'validation_failed',
    ],
  },
  /** What an edited message said before, the first version first. */
  versions: {
    input: oneMessage,
    output: z.object({ items: z.array(MessageVersion) }),
    idempotent: true,
    codes: ['room_not_found', 'not_a_member', 'message_not_found'],
  },
  /** By its author, or by a moderator with a reason. A repeat changes nothing. The files stay; which ones there are is answered. */
  remove: {
    input: oneMessage.extend({ reason: DeletionReason.optional() }),
    output: z.object({ fileIds: z.array(Id) }),
    idempotent: true,
    codes: ['room_not_found', 'not_a_member', 'message_not_found', 'forbidden', 'validation_failed'],
  },
} as const satisfies Record<string, RpcDefinition>;
