import { z } from 'zod';
import type { RpcDefinition } from '../define.ts';
import { Id } from '../values.ts';

/** How a text begins; null where there is none, or none yet. */
export const Excerpt = z.object({ text: z.string().nullable() }).meta({ id: 'FileExcerpt' });

export const previewRpcs = {
  /** The first lines of what was read of a file. */
  excerpt: {
    input: z.object({ roomId: Id, fileId: Id }),
    output: Excerpt,
    idempotent: true,
    codes: ['room_not_found', 'not_a_member', 'file_not_found'],
  },
  /** A small picture of what is in a file, drawn by us: of an image, or of a PDF's first page. Null when there is none, or none yet. */
  preview: {
    input: z.object({ roomId: Id, fileId: Id }),
    output: z.object({ webp: z.base64().max(600_000).nullable() }),
    idempotent: true,
    codes: ['room_not_found', 'not_a_member', 'file_not_found'],
  },
} as const satisfies Record<string, RpcDefinition>;
