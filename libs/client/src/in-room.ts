/** Whether the room itself shows a message: all but replies, and those that are there too. */
export const isInRoom = ({ parentId, alsoInRoom }: { parentId?: string; alsoInRoom?: boolean }): boolean =>
  parentId === undefined || alsoInRoom === true;
