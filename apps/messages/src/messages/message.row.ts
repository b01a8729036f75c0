import type { Attachment, LinkPreview, Mentions, Message, Reaction } from '@atrium/contracts';

/** A row of `messages` as PostgreSQL returns it (timestamps as text or Date, by driver). */
export type MessageRow = {
  id: string;
  room_id: string;
  seq: number;
  client_id: string | null;
  author_id: string;
  kind: Message['kind'];
  body: string;
  mentions: Mentions | null;
  parent_id: string | null;
  also_in_room: boolean;
  file_ids: string[] | null;
  /** Without `mine`: the same for every reader. */
  reactions: Reaction[] | null;
  /** Null until its links were looked at, and where they show nothing; empty once they were taken away. */
  previews: LinkPreview[] | null;
  reply_count: number;
  last_reply_at: string | Date | null;
  pinned_at: string | Date | null;
  pinned_by: string | null;
  version: number;
  edited_at: string | Date | null;
  deleted_at: string | Date | null;
  created_at: string | Date;
};

/** The columns of a row, for statements that name them. */
export const messageColumns = (alias: string): string => MESSAGE_COLUMNS.map((column) => `${alias}.${column}`).join(', ');

const MESSAGE_COLUMNS: readonly (keyof MessageRow)[] = [
  'id',
  'room_id',
  'seq',
  'client_id',
  'author_id',
  'kind',
  'body',
  'mentions',
  'parent_id',
  'also_in_room',
  'file_ids',
  'reactions',
  'previews',
  'reply_count',
  'last_reply_at',
  'pinned_at',
  'pinned_by',
  'version',
  'edited_at',
  'deleted_at',
  'created_at',
];

export const NO_MENTIONS: Mentions = { userIds: [], room: false, here: false, moderators: false };

/** A row as clients see it. A deleted message keeps its place and loses its content. */
export function toMessage(row: MessageRow, attachments: ReadonlyMap<string, Attachment>): Message {
  const gone = row.deleted_at !== null;
  return {
    id: row.id,
    roomId: row.room_id,
    seq: row.seq,
    ...(row.client_id !== null && { clientId: row.client_id }),
    authorId: row.author_id,
    kind: row.kind,
    body: gone ? '' : row.body,
    mentions: gone ? NO_MENTIONS : (row.mentions ?? NO_MENTIONS),
    ...(row.parent_id !== null && { parentId: row.parent_id }),
    ...(row.also_in_room && { alsoInRoom: true }),
    replyCount: row.reply_count,
    ...optionalInstant('lastReplyAt', row.last_reply_at),
    files: gone ? [] : (row.file_ids ?? []).flatMap((id) => attachments.get(id) ?? []),
    reactions: gone ? [] : (row.reactions ?? []),
    ...optionalInstant('pinnedAt', row.pinned_at),
    ...(row.pinned_by !== null && { pinnedBy: row.pinned_by }),
    ...(!gone && row.previews && row.previews.length > 0 && { previews: row.previews }),
    version: row.version,
    ...optionalInstant('editedAt', row.edited_at),
    ...optionalInstant('deletedAt', row.deleted_at),
    createdAt: instant(row.created_at),
  };
}

function instant(value: string | Date): string {
  return (value instanceof Date ? value : new Date(value)).toISOString();
}

function optionalInstant<K extends string>(key: K, value: string | Date | null): Partial<Record<K, string>> {
  return value === null ? {} : ({ [key]: instant(value) } as Record<K, string>);
}
