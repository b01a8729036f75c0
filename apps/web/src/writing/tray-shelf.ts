import type { FileRecord } from '@atrium/contracts';

const PREFIX = 'atrium.tray.';

/** The attachments of a message that was not sent, per place, over reloads. */
export function readTray(place: string): FileRecord[] {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + place) ?? '[]') as FileRecord[];
  } catch {
    // Somebody else wrote there: what cannot be read was never ours.
    return [];
  }
}

export function keepTray(place: string, files: readonly FileRecord[]): void {
  if (files.length === 0) return localStorage.removeItem(PREFIX + place);
  try {
    localStorage.setItem(PREFIX + place, JSON.stringify(files));
  } catch {
    // A full storage keeps them from the next reload, not from being sent.
  }
}
