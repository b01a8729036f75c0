import { live } from '../live/live.ts';
import { client } from '../session/client.ts';
import { queryClient } from '../kit/query-client.ts';
import { problemText } from '../language/problem-text.ts';

/** Whether what was written is run instead of being posted: `//x` and paths are text. */
export const isCommand = (text: string): boolean => /^\/[a-z][a-z0-9_-]{0,31}(\s|$)/i.test(text.trim());

/** Runs a command; the note of its answer is shown where it was asked for. @returns what was wrong with it, if anything */
export async function runCommand(roomId: string, text: string, parentId: string | undefined): Promise<string | undefined> {
  try {
    const { note, message } = await client.bot.run(roomId, { text: text.trim(), ...(parentId !== undefined && { parentId }) });
    if (note) live.notes.put(note);
    if (message) noteTurn(roomId, Date.parse(message.createdAt));
    void queryClient.invalidateQueries({ queryKey: ['reminders', roomId] });
    return undefined;
  } catch (error) {
    return problemText(error);
  }
}

/** When this user last had the bot write to a room, by the room: slow mode counts it as their message. */
const turns = new Map<string, number>();

function noteTurn(roomId: string, at: number): void {
  turns.set(roomId, at);
}

export const lastTurn = (roomId: string): number | undefined => turns.get(roomId);
