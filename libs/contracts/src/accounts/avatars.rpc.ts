import { z } from 'zod';
import type { RpcDefinition } from '../define.ts';
import { Id } from '../values.ts';
import { User } from './accounts.schema.ts';

/** What may be uploaded as a picture of oneself. */
export const MAX_AVATAR_BYTES = 5 * 1024 * 1024;
/** The longer side of what is kept. */
export const AVATAR_PIXELS = 256;

/** A WebP picture in base64, small enough for one message. */
export const Picture = z.base64().max(400_000);

/** Pictures of people: kept as the gateway re-encoded them, never as they were uploaded. */
export const avatarRpcs = {
  /** Null takes the picture away. */
  setAvatar: { input: z.object({ webp: Picture.nullable() }), output: User, codes: ['unsupported_media_type'] },
  /** Shown to whoever knows its id: images are loaded without a token. */
  getAvatar: {
    input: z.object({ avatarId: Id }),
    output: z.object({ webp: Picture }),
    idempotent: true,
    codes: ['not_found'],
    callers: { gateway: 'for-itself' },
  },
} as const satisfies Record<string, RpcDefinition>;
