import { newId } from '@atrium/client';
import type { RailSection } from '@atrium/contracts';
import { showError } from '../kit/toasts.tsx';
import { live } from '../live/live.ts';
import { client } from '../session/client.ts';
import { readPreferences, takePreferences } from '../notifications/own-preferences.ts';
import { railWishes } from '../live/use-rail-wish.ts';

type Sections = readonly RailSection[];

/**
 * Changes the sections one made, here at once and then on all of one's devices; as they are now, where that fails.
 * @param work also done to sections that hold its outcome already, and changes nothing in those
 */
async function change(work: (sections: Sections) => RailSection[]): Promise<void> {
  const end = railWishes.begin(work);
  try {
    // Another device may have changed something else of them.
    const kept = await client.notifications.changePreferences((now) => ({ sections: work(now.sections ?? []) }));
    end();
    takePreferences(kept);
  } catch (error) {
    end();
    showError(error);
    await readPreferences().catch(() => undefined);
  }
}

const without = (sections: Sections, roomId: string): RailSection[] =>
  sections.map((section) => ({ ...section, roomIds: section.roomIds.filter((id) => id !== roomId) }));

export const addSection = (name: string, roomIds: string[] = []): Promise<void> => {
  const made = { id: newId(), name, roomIds };
  return change((sections) =>
    sections.some(({ id }) => id === made.id) ? [...sections] : [...roomIds.reduce(without, [...sections]), made],
  );
};

export const renameSection = (id: string, name: string): Promise<void> =>
  change((sections) => sections.map((section) => (section.id === id ? { ...section, name } : section)));

/** Its rooms go back among the others. */
export const removeSection = (id: string): Promise<void> => change((sections) => sections.filter((section) => section.id !== id));

/** @param by -1 for up, 1 for down */
export function shiftSection(id: string, by: -1 | 1): Promise<void> {
  let to: number | undefined;
  return change((sections) => {
    const from = sections.findIndex((section) => section.id === id);
    to ??= from + by;
    if (from < 0 || to < 0 || to >= sections.length) return [...sections];
    return sections.toSpliced(from, 1).toSpliced(to, 0, sections[from]!);
  });
}

/** Moves a room into a section, or among the others; one that was a favourite is so no more. */
export async function moveRoom(roomId: string, sectionId: string | undefined): Promise<void> {
  await noFavourite(roomId);
  await change((sections) =>
    without(sections, roomId).map((section) =>
      section.id === sectionId ? { ...section, roomIds: [...section.roomIds, roomId] } : section,
    ),
  );
}

export async function moveToNewSection(roomId: string, name: string): Promise<void> {
  await noFavourite(roomId);
  await addSection(name, [roomId]);
}

async function noFavourite(roomId: string): Promise<void> {
  if (!live.rooms.get(roomId)?.me?.favourite) return;
  await client.rooms.favour(roomId, false).then(() => live.rooms.favour(roomId, false), showError);
}
