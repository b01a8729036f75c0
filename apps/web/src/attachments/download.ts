import type { FileRecord } from '@atrium/contracts';
import { client } from '../session/client.ts';

/** Time for the browser to take over what it was handed. */
const RELEASE_AFTER_MS = 60_000;

/** Saves a file: the bytes want our token, which a plain link cannot carry. */
export async function download(file: FileRecord): Promise<void> {
  await saveResponse(await client.files.content(file.roomId, file.id), file.name);
}

/** Saves what one asked a file, or without one the room's files, as a Markdown document. */
export async function downloadAnswers(roomId: string, fileId?: string): Promise<void> {
  await saveResponse(await client.files.exportHistory(roomId, fileId), 'answers.md');
}

/** Saves a reply as a file. */
export async function saveResponse(reply: Response, name: string): Promise<void> {
  const link = document.createElement('a');
  link.href = await objectUrl(reply);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), RELEASE_AFTER_MS);
}

/** The bytes of a reply as an address of this page. Whoever asks for it revokes it. */
export const objectUrl = async (reply: Response): Promise<string> => URL.createObjectURL(await reply.blob());
