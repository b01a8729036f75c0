import type { FileRecord } from '@atrium/contracts';
import { client } from '../session/client.ts';

/** Time for the browser to take over what it was handed. */
const RELEASE_AFTER_MS = 60_000;

/** Saves a file: the bytes want our token, which a plain link cannot carry. */
export async function download(file: FileRecord): Promise<void> {
  const link = document.createElement('a');
  link.href = await objectUrl(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), RELEASE_AFTER_MS);
}

/** Saves what one asked a file, or without one the room's files, as a Markdown document. */
export async function downloadAnswers(roomId: string, fileId?: string): Promise<void> {
  await saveResponse(await client.files.exportHistory(roomId, fileId), 'answers.md');
}

/** Saves a reply as a file. */
export async function saveResponse(reply: Response, name: string): Promise<void> {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await reply.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), RELEASE_AFTER_MS);
}

/** The bytes as an address of this page. Whoever asks for it revokes it. */
export async function objectUrl(file: FileRecord, signal?: AbortSignal): Promise<string> {
  const reply = await client.files.content(file.roomId, file.id, { inline: true, ...(signal ? { signal } : {}) });
  return URL.createObjectURL(await reply.blob());
}
