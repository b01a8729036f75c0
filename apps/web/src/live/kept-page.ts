import { AtriumError, type MessagePage, type PageQuery } from '@atrium/client';
import { client } from '../session/client.ts';

/** Nobody answered, or nobody who could. */
const AWAY: ReadonlySet<string> = new Set(['network', 'timeout', 'service_unavailable', 'deadline_exceeded']);

/** What the timeline of a room reads from: the server, or while it cannot be reached what was kept of it here. */
export function messagesOrKept(userId: () => string | undefined, onKept: (roomId: string, isKept: boolean) => void) {
  return {
    events: client.messages.events.bind(client.messages),
    async page(roomId: string, query: PageQuery): Promise<MessagePage> {
      try {
        const page = await client.messages.page(roomId, query);
        onKept(roomId, false);
        return page;
      } catch (error) {
        const reader = userId();
        const isElsewhere = query.before !== undefined || query.after !== undefined;
        if (reader === undefined || isElsewhere || !AWAY.has(AtriumError.from(error).code)) throw error;
        const { findTimeline } = await import('../session/offline-store.ts');
        const kept = await findTimeline(reader, roomId).catch(() => undefined);
        if (!kept) throw error;
        onKept(roomId, true);
        return { items: [...kept.messages], hasBefore: kept.hasBefore, hasAfter: false };
      }
    },
  };
}
