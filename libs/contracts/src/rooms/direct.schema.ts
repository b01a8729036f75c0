import { z } from 'zod';
import { Id } from '../values.ts';
import { MemberStatus } from './member-status.ts';

/** A conversation of a few people, which is theirs alike, or a room with a host. */
export const RoomKind = z.enum(['room', 'direct']);
export type RoomKind = z.output<typeof RoomKind>;

/** The most people a direct room has. */
export const MAX_DIRECT_PEOPLE = 8;

/** Somebody in a direct room, as a list of rooms shows them. */
export const DirectPerson = z
  .object({ id: Id, username: z.string(), displayName: z.string(), avatarUrl: z.string().nullable(), status: MemberStatus })
  .meta({ id: 'DirectPerson' });
export type DirectPerson = z.output<typeof DirectPerson>;
