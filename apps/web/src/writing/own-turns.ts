/** When this user last had the bot write to a room, by the room: slow mode counts it as their message. */
const turns = new Map<string, number>();

export function noteTurn(roomId: string, at: number): void {
  turns.set(roomId, at);
}

export const lastTurn = (roomId: string): number | undefined => turns.get(roomId);
