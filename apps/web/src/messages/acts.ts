import { t } from '@lingui/core/macro';
import { Observable } from '@atrium/client';
import type { Message } from '@atrium/contracts';
import { copyText } from '../kit/clipboard.ts';
import { queryClient } from '../kit/query-client.ts';
import { showError, showToast } from '../kit/toasts.tsx';
import { live } from '../live/live.ts';
import { client } from '../session/client.ts';

/** What hover buttons and keys do with a message. */
export function togglePin(message: Message): void {
  const pinned = message.pinnedAt === undefined;
  client.messages.pin(message.roomId, message.id, pinned).then((changed) => {
    live.timelines.room(message.roomId).replace(changed);
    void queryClient.invalidateQueries({ queryKey: ['pins', message.roomId] });
  }, showError);
}

export const pathTo = (message: Message): string =>
  message.parentId ? `/rooms/${message.roomId}/thread/${message.parentId}?at=${message.seq}` : `/rooms/${message.roomId}?at=${message.seq}`;

export const linkTo = (message: Message): string => `${window.location.origin}${pathTo(message)}`;

export function copyMessageLink(message: Message): void {
  copyText(linkTo(message)).then(() => showToast(t`Link copied.`), showError);
}

export function markUnreadFrom(message: Message): void {
  const seq = Math.max(0, message.seq - 1);
  // At once: the news of it may come by the socket before the answer, and would be read away.
  unreadMarks.set(message.roomId, seq);
  client.messages.read(message.roomId, { seq, unread: true }).then(
    (marker) => {
      live.rooms.read(marker);
      showToast(t`Marked unread from here.`);
    },
    (error: unknown) => {
      unreadMarks.forget(message.roomId);
      showError(error);
    },
  );
}

/** Rooms this user marked unread on this page, and up to where they count as read: there, looking is not reading. */
class UnreadMarks extends Observable<ReadonlyMap<string, number>> {
  readonly #marks = new Map<string, number>();

  set(roomId: string, readTo: number): void {
    this.#marks.set(roomId, readTo);
    this.changed();
  }

  forget(roomId: string): void {
    if (this.#marks.delete(roomId)) this.changed();
  }

  protected build(): ReadonlyMap<string, number> {
    return new Map(this.#marks);
  }
}

export const unreadMarks = new UnreadMarks();
