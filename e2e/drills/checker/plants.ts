import type { History, Stored } from '../history.ts';

/** A defect put into a copy of what was recorded: what checks the checker. */
export interface Plant {
  name: string;
  /** The check that must see it. */
  expects: string;
  plant: (history: History, stored: Stored) => void;
}

const acknowledged = (history: History) => history.sends.filter((send) => send.acknowledged);

/** One defect for each way in which a chat could break its word. */
export const plants: readonly Plant[] = [
  {
    name: 'an acknowledged message that was not stored',
    expects: 'acknowledged-kept',
    plant: (history, stored) => {
      const lost = acknowledged(history)[0]?.clientId;
      stored.entries = stored.entries.filter((entry) => entry.clientId !== lost);
    },
  },
  {
    name: 'a repeated send that was stored again',
    expects: 'stored-once',
    plant: (_history, stored) => {
      const twice = stored.entries.find((entry) => entry.clientId !== null)!;
      const last = stored.entries.filter(({ roomId }) => roomId === twice.roomId).length;
      stored.entries.push({ ...twice, seq: last + 1 });
    },
  },
  {
    name: 'two messages of one person in the wrong order',
    expects: 'sent-order',
    plant: (history) => {
      const [first, second] = acknowledged(history).filter(
        ({ userId, roomId }, _index, [one]) => userId === one?.userId && roomId === one.roomId,
      );
      [first!.acknowledged, second!.acknowledged] = [second!.acknowledged!, first!.acknowledged!];
    },
  },
  {
    name: 'a last entry that a client never heard of',
    expects: 'lists-equal',
    plant: (history, stored) => {
      const gone = new Set(
        stored.entries.filter(({ type }) => type === 'member.left' || type === 'member.kicked').map(({ userId }) => userId),
      );
      history.views.find((view) => view.entries.length > 0 && !gone.has(view.userId))!.entries.pop();
    },
  },
  {
    name: 'an entry shown to somebody who was removed before it',
    expects: 'removed-see-nothing',
    plant: (history, stored) => {
      const removal = stored.entries.find(({ type }) => type === 'member.kicked')!;
      const view = history.views.find(({ userId, roomId }) => userId === removal.userId && roomId === removal.roomId)!;
      const log = stored.entries.filter(({ roomId }) => roomId === removal.roomId);
      view.entries = log.slice(view.from - 1).map(({ seq, type }) => ({ seq, type, at: 0 }));
    },
  },
];
