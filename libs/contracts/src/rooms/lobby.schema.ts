import { z } from 'zod';
import { Instant } from '../values.ts';
import { PersonName } from './moderation.schema.ts';
import { RoomName } from './rooms.schema.ts';

/** What becomes of someone at the door; `withdrawn` when they went away by themselves. */
export const LobbyOutcome = z.enum(['waiting', 'admitted', 'denied', 'lapsed', 'withdrawn']);
export type LobbyOutcome = z.output<typeof LobbyOutcome>;

/** Someone who waits, as moderators see them. */
export const LobbyRequest = PersonName.extend({ requestedAt: Instant, expiresAt: Instant }).meta({ id: 'LobbyRequest' });
export type LobbyRequest = z.output<typeof LobbyRequest>;

/** All that someone who waits is told of the room. */
export const Waiting = z
  .object({ status: z.literal('waiting'), room: RoomName, requestedAt: Instant, expiresAt: Instant })
  .meta({ id: 'Waiting' });
export type Waiting = z.output<typeof Waiting>;
