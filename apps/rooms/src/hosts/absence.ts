/** What the row and the room say. */
export type Absence = {
  hostId: string;
  goneAt: Date;
  actingHostId: string | null;
  roomHostId: string | null;
  archived: boolean;
};

/** What is so at the moment of deciding. */
export type Present = {
  now: Date;
  reclaimMs: number;
  originalIsHere: boolean;
  hostIsHere: boolean;
  /** Who could act now. */
  successorId: string | null;
};

export type Step =
  | { do: 'forget' }
  | { do: 'wait'; until: Date }
  | { do: 'restart'; until: Date }
  | { do: 'giveBack' }
  | { do: 'lend'; to: string; until: Date };

/** Nobody could act; someone who connects wakes the row. Looking again and again at rooms that sleep would cost too much. */
export const SOME_DAY = new Date('9999-01-01T00:00:00.000Z');

/** What to do about an absence whose time has come. */
export function decide(absence: Absence, present: Present): Step {
  const reclaimEnds = new Date(absence.goneAt.getTime() + present.reclaimMs);
  const lent = absence.actingHostId !== null;
  // The role was handed over, or the host left: then it is not the absent one's any more.
  if (absence.archived || absence.roomHostId !== (absence.actingHostId ?? absence.hostId)) return { do: 'forget' };
  if (!lent && present.originalIsHere) return { do: 'forget' };
  if (lent && present.now >= reclaimEnds) return present.hostIsHere ? { do: 'forget' } : { do: 'restart', until: present.now };
  if (lent && present.originalIsHere) return { do: 'giveBack' };
  if (lent && present.hostIsHere) return { do: 'wait', until: reclaimEnds };
  if (present.successorId !== null) return { do: 'lend', to: present.successorId, until: reclaimEnds };
  return { do: 'wait', until: SOME_DAY };
}
