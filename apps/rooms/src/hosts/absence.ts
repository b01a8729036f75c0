/** What the row and the room say. */
export type Absence = {
  hostId: string;
  goneAt: Date;
  roomHostId: string | null;
  archived: boolean;
  /** After so many days the role passes for good; 0 never. */
  awayDays: number;
};

/** What is so at the moment of deciding. */
export type Present = {
  now: Date;
  graceMs: number;
  hostIsHere: boolean;
  moderatorIsHere: boolean;
  /** Who acts, if that person is here. */
  actingId: string | null;
  /** Who could act now. */
  successorId: string | null;
  /** Who would be host if the role passed for good. */
  heirId: string | null;
};

export type Step = { do: 'forget' } | { do: 'act'; actingHostId: string | null; until: Date } | { do: 'passOn'; to: string };

const DAY_MS = 24 * 60 * 60 * 1000;
/** Nothing changes by time alone; somebody who comes or goes wakes the row. */
export const FAR_FUTURE = new Date('9999-01-01T00:00:00.000Z');

/** What to do about an absence. A host stays host; somebody acts only while nobody is here who may moderate. */
export function decide(absence: Absence, present: Present): Step {
  const { now, actingId, successorId, heirId } = present;
  // The role was handed over, or the host left: then it is not the absent one's any more.
  if (absence.archived || absence.roomHostId !== absence.hostId || present.hostIsHere) return { do: 'forget' };
  const passesAt = absence.awayDays === 0 ? FAR_FUTURE : new Date(absence.goneAt.getTime() + absence.awayDays * DAY_MS);
  if (now >= passesAt) return heirId === null ? { do: 'act', actingHostId: null, until: FAR_FUTURE } : { do: 'passOn', to: heirId };
  const graceEnds = new Date(absence.goneAt.getTime() + present.graceMs);
  if (now < graceEnds) return { do: 'act', actingHostId: null, until: graceEnds };
  if (present.moderatorIsHere) return { do: 'act', actingHostId: null, until: passesAt };
  return { do: 'act', actingHostId: actingId ?? successorId, until: passesAt };
}
