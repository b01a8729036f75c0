import { z } from 'zod';

export const RoomRole = z.enum(['host', 'moderator', 'member']);
export type RoomRole = z.output<typeof RoomRole>;
