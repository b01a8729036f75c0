import { z } from 'zod';
import { emojiOf } from '../emoji.ts';
import { Instant } from '../values.ts';

/** One emoji, however the keyboard wrote it. */
export const StatusEmoji = z
  .string()
  .max(64)
  .transform((text, context) => {
    const emoji = emojiOf(text);
    if (emoji === undefined) context.issues.push({ code: 'custom', message: 'must be one emoji', input: text });
    return emoji ?? z.NEVER;
  });

/** What somebody says they are up to, and where their day is. Nothing of a status that is over. */
export const PersonStatus = z.object({
  statusText: z.string().optional(),
  statusEmoji: z.string().optional(),
  statusUntil: Instant.optional(),
  timeZone: z.string().optional(),
});
export type PersonStatus = z.output<typeof PersonStatus>;
