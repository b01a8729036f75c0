import type { History } from './history.ts';

/** How long a system took, in seconds, until what a person notices was as before. */
export interface Recovery {
  /** The longest that anybody waited for an acknowledgement. */
  slowestSend: number;
  /** From the end of the fault to the last acknowledgement that took more than a second. */
  sends: number;
  /** From the end of the fault to the last entry that reached somebody more than a second after its acknowledgement. */
  lists: number;
  /** From the end of the fault until every file had its end, everywhere. */
  files: number;
}

const NOTICED_MS = 1_000;
const seconds = (ms: number) => Math.max(0, ms) / 1000;

export function measureRecovery(history: History, faultEndedAt: number, filesSettledAt: number): Recovery {
  const sent = history.sends.flatMap(({ sentAt, acknowledged, roomId }) => (acknowledged ? [{ roomId, sentAt, ...acknowledged }] : []));
  const late = sent.filter(({ sentAt, at }) => at - sentAt > NOTICED_MS);
  const acknowledgedAt = new Map(sent.map(({ roomId, seq, at }) => [`${roomId}/${seq}`, at]));
  const arrivals = history.views.flatMap(({ roomId, entries }) =>
    entries.filter(({ seq, at }) => at - (acknowledgedAt.get(`${roomId}/${seq}`) ?? at) > NOTICED_MS).map(({ at }) => at),
  );
  return {
    slowestSend: seconds(sent.reduce((most, { sentAt, at }) => Math.max(most, at - sentAt), 0)),
    sends: seconds(late.reduce((last, { at }) => Math.max(last, at), faultEndedAt) - faultEndedAt),
    lists: seconds(arrivals.reduce((last, at) => Math.max(last, at), faultEndedAt) - faultEndedAt),
    files: seconds(filesSettledAt - faultEndedAt),
  };
}
