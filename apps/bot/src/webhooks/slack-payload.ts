import { z } from 'zod';

/** A field of another kind than it should have counts as absent: senders get many of them wrong, and the rest is worth showing. */
const text = z.string().optional().catch(undefined);
const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String).optional().catch(undefined);
const listOf = <T extends z.ZodType>(item: T) => z.array(item.nullable().catch(null)).optional().catch(undefined);

const TextObject = z.union([z.object({ type: text, text }), z.string().transform((value) => ({ type: 'mrkdwn', text: value }))]);
export type TextObject = z.output<typeof TextObject>;

/** A piece of rich text, or an element of a context or of actions. */
const Element = z.object({
  type: text,
  text: TextObject.optional().catch(undefined),
  url: text,
  alt_text: text,
  image_url: text,
  name: text,
  user_id: text,
  channel_id: text,
  range: text,
  usergroup_id: text,
  value: text,
  timestamp: z.coerce.number().optional().catch(undefined),
  format: text,
  fallback: text,
  style: z.unknown().optional(),
  indent: z.int().min(0).max(8).optional().catch(undefined),
  offset: z.int().min(0).optional().catch(undefined),
  get elements() {
    return z.array(Element).optional();
  },
});
export type Element = z.output<typeof Element>;

export const Block = Element.extend({
  fields: listOf(TextObject),
  accessory: Element.optional().catch(undefined),
  title: TextObject.optional().catch(undefined),
  title_url: text,
  video_url: text,
  label: TextObject.optional().catch(undefined),
  /** Of a table. */
  rows: listOf(z.array(Element.nullable().catch(null))),
});
export type Block = z.output<typeof Block>;

export const Attachment = z.object({
  fallback: text,
  color: text,
  pretext: text,
  author_name: text,
  author_link: text,
  title: text,
  title_link: text,
  text,
  fields: listOf(z.object({ title: scalar, value: scalar, short: z.boolean().optional().catch(undefined) })),
  image_url: text,
  thumb_url: text,
  footer: text,
  ts: z.coerce.number().positive().optional().catch(undefined),
  actions: listOf(Element),
  blocks: listOf(Block),
});
export type Attachment = z.output<typeof Attachment>;

/** What programs post to an incoming webhook of Slack. Unknown fields are left alone. */
export const SlackPayload = z.object({
  text,
  username: text,
  icon_emoji: text,
  mrkdwn: z.boolean().optional().catch(undefined),
  blocks: listOf(Block),
  attachments: listOf(Attachment),
});
export type SlackPayload = z.output<typeof SlackPayload>;
