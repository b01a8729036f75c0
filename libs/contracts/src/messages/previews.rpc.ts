import { z } from 'zod';
import type { RpcDefinition } from '../define.ts';
import { Id } from '../values.ts';
import { Message } from './messages.schema.ts';

const noMessage = ['room_not_found', 'not_a_member', 'message_not_found'] as const;

/** What is shown of the pages that messages link to. */
export const previewRpcs = {
  /** The picture of a page, made small by the server; only for who may see the message. */
  previewImage: {
    input: z.object({ roomId: Id, messageId: Id, previewId: Id }),
    output: z.object({ webp: z.base64() }),
    idempotent: true,
    codes: [...noMessage, 'not_found'],
  },
  /** By the author of the message, or a moderator; the message gets none again. */
  removePreviews: {
    input: z.object({ roomId: Id, messageId: Id }),
    output: Message,
    idempotent: true,
    codes: [...noMessage, 'forbidden'],
  },
} as const satisfies Record<string, RpcDefinition>;
