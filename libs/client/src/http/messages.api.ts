import type { InputOf, Message, OutputOf, SavedMessage, messages } from '@atrium/contracts';
import { at } from './rooms.api.ts';
import { InOrder } from './in-order.ts';
import type { Transport } from './transport.ts';

/** At most one of `before`, `after`, `around` and `since`; none is the newest page. */
export type PageQuery = { before?: number; after?: number; around?: number; since?: string; limit?: number };
export type MessagePage = { items: Message[]; hasBefore: boolean; hasAfter: boolean };
export type SendInput = Omit<InputOf<typeof messages.send>, 'roomId' | 'echo'>;
export type EditInput = Omit<InputOf<typeof messages.edit>, 'roomId' | 'messageId'>;
export type ThreadsQuery = { filter?: 'following' | 'unread' | 'all'; cursor?: string; limit?: number };
export type ReadInput = Omit<InputOf<typeof messages.markRead>, 'roomId'>;

/** A room's messages and its log. */
export class MessagesApi {
  readonly #follows = new InOrder();

  constructor(private readonly http: Transport) {}

  page(roomId: string, query: PageQuery = {}, signal?: AbortSignal): Promise<MessagePage> {
    return this.http.request('GET', at(roomId, 'messages'), signal ? { query, signal } : { query });
  }

  send(roomId: string, input: SendInput): Promise<Message> {
    return this.http.request('POST', at(roomId, 'messages'), { body: input });
  }

  thread(roomId: string, messageId: string, query: Omit<PageQuery, 'since'> = {}): Promise<MessagePage & { root: Message }> {
    return this.http.request('GET', at(roomId, 'messages', messageId, 'thread'), { query });
  }

  threads(roomId: string, query: ThreadsQuery = {}): Promise<OutputOf<typeof messages.threads>> {
    return this.http.request('GET', at(roomId, 'threads'), { query });
  }

  /** The same over every room. */
  myThreads(query: ThreadsQuery = {}): Promise<OutputOf<typeof messages.threads>> {
    return this.http.request('GET', '/api/me/threads', { query });
  }

  /** Follows the thread or leaves it; of several wishes the one that was asked for last stands. */
  /** Whether the user follows the thread of a message, by choice or because they are part of it. */
  following(roomId: string, messageId: string): Promise<OutputOf<typeof messages.following>> {
    return this.http.request('GET', at(roomId, 'messages', messageId, 'follow'));
  }

  follow(roomId: string, messageId: string, following: boolean): Promise<void> {
    const path = at(roomId, 'messages', messageId, 'follow');
    return this.#follows.run(messageId, () => this.http.request(following ? 'PUT' : 'DELETE', path));
  }

  edit(roomId: string, messageId: string, input: EditInput): Promise<Message> {
    return this.http.request('PATCH', at(roomId, 'messages', messageId), { body: input });
  }

  versions(roomId: string, messageId: string): Promise<OutputOf<typeof messages.versions>> {
    return this.http.request('GET', at(roomId, 'messages', messageId, 'versions'));
  }

  /** One's own, or as a moderator with a reason; with `files`, its files, too. */
  remove(roomId: string, messageId: string, { reason, files }: { reason?: string; files?: boolean } = {}): Promise<void> {
    return this.http.request('DELETE', at(roomId, 'messages', messageId), { query: { files }, body: { reason } });
  }

  /** The picture of a page that a message links to. */
  previewImage(roomId: string, messageId: string, previewId: string): Promise<Response> {
    return this.http.open('GET', at(roomId, 'messages', messageId, 'previews', previewId, 'image'));
  }

  /** One's own, or as a moderator. */
  removePreviews(roomId: string, messageId: string): Promise<Message> {
    return this.http.request('DELETE', at(roomId, 'messages', messageId, 'previews'));
  }

  react(roomId: string, messageId: string, emoji: string, reacted: boolean): Promise<Message> {
    return this.http.request(reacted ? 'PUT' : 'DELETE', at(roomId, 'messages', messageId, 'reactions', encodeURIComponent(emoji)));
  }

  reactions(
    roomId: string,
    messageId: string,
    query: { emoji?: string; cursor?: string; limit?: number } = {},
  ): Promise<OutputOf<typeof messages.reactions>> {
    return this.http.request('GET', at(roomId, 'messages', messageId, 'reactions'), { query });
  }

  /** Messages kept for later, those kept last first. */
  saved(query: { cursor?: string; limit?: number } = {}): Promise<OutputOf<typeof messages.saved>> {
    return this.http.request('GET', '/api/me/saved', { query });
  }

  save(messageId: string, saved: boolean): Promise<SavedMessage | undefined> {
    return this.http.request(saved ? 'PUT' : 'DELETE', `/api/me/saved/${messageId}`);
  }

  /** Without `pinned`, flips. */
  pin(roomId: string, messageId: string, pinned?: boolean): Promise<Message> {
    return this.http.request('POST', at(roomId, 'messages', messageId, 'pin'), { body: pinned === undefined ? {} : { pinned } });
  }

  pins(roomId: string): Promise<OutputOf<typeof messages.pins>> {
    return this.http.request('GET', at(roomId, 'pins'));
  }

  read(roomId: string, input: ReadInput): Promise<OutputOf<typeof messages.markRead>> {
    return this.http.request('POST', at(roomId, 'read'), { body: input });
  }

  /** The room's entries after a seq, in order: how a client catches up. */
  events(roomId: string, after: number, limit = 100): Promise<OutputOf<typeof messages.events>> {
    return this.http.request('GET', at(roomId, 'events'), { query: { after, limit } });
  }
}
