import { z } from 'zod';
import { emojiOf } from '../emoji.ts';
import { hasInk } from '../ink.ts';
import { Id, Instant, Seq, isStorable } from '../values.ts';

export const MessageKind = z.enum(['text', 'system', 'bot']);
export const MAX_BODY_LENGTH = 10_000;

export const Mentions = z.object({
  userIds: z.array(Id),
  room: z.boolean(),
  here: z.boolean(),
  moderators: z.boolean(),
});
export type Mentions = z.output<typeof Mentions>;

/** What a message got of one emoji: how many people reacted, the first of them, and, where one caller is answered, whether they did. */
export const Reaction = z
  .object({ emoji: z.string(), count: z.int(), userIds: z.array(Id), mine: z.boolean().optional() })
  .meta({ id: 'Reaction' });
export type Reaction = z.output<typeof Reaction>;

/** One emoji as somebody reacts with it. */
export const Emoji = z
  .string()
  .max(64)
  .transform((value, context) => {
    const emoji = emojiOf(value);
    if (emoji === undefined) context.addIssue({ code: 'custom', message: 'must be one emoji' });
    return emoji ?? z.NEVER;
  });

/** A file as a message shows it; its full state is the file's own resource. */
export const Attachment = z
  .object({
    id: Id,
    name: z.string(),
    contentType: z.string(),
    size: z.int(),
    status: z.string(),
    /** The virus that was found in it: it is neither read nor handed out. */
    threat: z.string().optional(),
  })
  .meta({ id: 'Attachment' });
export type Attachment = z.output<typeof Attachment>;

/** What a page that a message links to says of itself. With `image` there is a picture, which this server made of the page's own. */
export const LinkPreview = z
  .object({
    id: Id,
    url: z.string(),
    site: z.string(),
    title: z.string(),
    description: z.string().optional(),
    image: z.object({ width: z.int(), height: z.int() }).optional(),
  })
  .meta({ id: 'LinkPreview' });
export type LinkPreview = z.output<typeof LinkPreview>;

export const Message = z
  .object({
    id: Id,
    roomId: Id,
    seq: Seq,
    clientId: z.string().optional(),
    authorId: Id,
    kind: MessageKind,
    body: z.string(),
    mentions: Mentions,
    parentId: Id.optional(),
    /** A reply that is shown in the room as well as in its thread. */
    alsoInRoom: z.boolean().optional(),
    replyCount: z.int(),
    lastReplyAt: Instant.optional(),
    files: z.array(Attachment),
    reactions: z.array(Reaction),
    pinnedAt: Instant.optional(),
    pinnedBy: Id.optional(),
    /** Fetched after the message was sent, for the first of its links. */
    previews: z.array(LinkPreview).optional(),
    version: z.int(),
    editedAt: Instant.optional(),
    deletedAt: Instant.optional(),
    createdAt: Instant,
  })
  .meta({ id: 'Message' });
export type Message = z.output<typeof Message>;

/** A body as sent: trimmed, and empty when nobody could see any of it; how long it may be is checked where its own error code is known. */
export const Body = z
  .string()
  .trim()
  .refine((v) => !v.includes('\u0000'), { error: 'must not contain a null character' })
  .overwrite((v) => (hasInk(v) ? v : ''))
  .meta({ maxLength: MAX_BODY_LENGTH });
export const ClientId = z.string().min(1).max(64).refine(isStorable, { error: 'must not contain null characters or halves of characters' });

/** What a person sends. An attachment may stand without a body. */
export const MessageDraft = z
  .object({
    body: Body.default(''),
    clientId: ClientId.optional(),
    parentId: Id.optional(),
    /** Shows a reply in the room as well; what answers nothing is there anyway. */
    alsoInRoom: z.boolean().optional(),
    fileIds: z.array(Id).max(10).default([]),
  })
  .meta({ id: 'MessageDraft' });
export type MessageDraft = z.output<typeof MessageDraft>;

/** What `message.send` answers once the message is stored. */
export const SendReceipt = z.object({
  messageId: Id,
  seq: Seq,
  createdAt: Instant,
  deduplicated: z.boolean().optional(),
});
export type SendReceipt = z.output<typeof SendReceipt>;

/** A thread as a list shows it: its root and what the caller has not read of it. */
export const Thread = z
  .object({ root: Message, participants: z.array(Id), following: z.boolean(), unread: z.int(), lastReplyAt: Instant })
  .meta({ id: 'Thread' });
export type Thread = z.output<typeof Thread>;

/** What a message said before it was edited; `at` is when it began to say so. */
export const MessageVersion = z
  .object({ version: z.int(), body: z.string(), mentions: Mentions, at: Instant })
  .meta({ id: 'MessageVersion' });
export type MessageVersion = z.output<typeof MessageVersion>;

/** A message that the caller keeps for later. */
export const SavedMessage = z.object({ message: Message, savedAt: Instant }).meta({ id: 'SavedMessage' });
export type SavedMessage = z.output<typeof SavedMessage>;
