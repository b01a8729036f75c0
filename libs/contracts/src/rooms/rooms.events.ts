import { z } from 'zod';
import { accountEvents } from '../accounts/accounts.events.ts';
import { defineEvents, defineSignals } from '../define.ts';
import { defineFacts } from '../facts.ts';
import { Id, Instant } from '../values.ts';
import { RoomRole } from './roles.ts';
import { rooms } from './rooms.rpc.ts';
import { LobbyOutcome } from './lobby.schema.ts';
import { MemberStatus } from './member-status.ts';
import { RoomState } from './rooms.schema.ts';

/** Room facts every projection needs; `version` orders what one room tells. */
const roomFact = z.object({ roomId: Id, version: z.int(), at: Instant, actorId: Id.nullable() });
const HostChange = z.object({ previousHostId: Id.nullable(), hostId: Id.nullable() });

export const roomEvents = defineEvents(
  'rooms',
  {
    memberJoined: roomFact.extend({
      room: RoomState,
      member: z.object({
        userId: Id,
        username: z.string(),
        displayName: z.string(),
        role: RoomRole,
        joinedAt: Instant,
        /** A mute outlives leaving and coming back. */
        mutedUntil: Instant.nullable().optional(),
      }),
    }),
    /** Left by choice or removed. `hostChange` tells who took the host role in the same transaction, if it moved. */
    memberRemoved: roomFact.extend({
      userId: Id,
      how: z.enum(['left', 'kicked', 'banned']),
      reason: z.string().nullable(),
      /** When a ban ends by itself. */
      until: Instant.nullable().optional(),
      hostChange: HostChange.nullable(),
      archived: z.boolean(),
    }),
    /** Somebody who is not in the room, or not any more, may not come in. */
    outsiderBanned: roomFact.extend({ userId: Id, reason: z.string().nullable(), until: Instant.nullable() }),
    memberUnbanned: roomFact.extend({ userId: Id }),
    /** Until a time; null ends it. */
    memberMuted: roomFact.extend({ userId: Id, mutedUntil: Instant.nullable(), reason: z.string().nullable() }),
    roleChanged: roomFact.extend({ userId: Id, role: RoomRole }),
    /** The previous host, if still in the room, is a moderator from then on; `roleChanged` follows when it is to be otherwise. */
    hostChanged: roomFact.extend(HostChange.shape),
    roomUpdated: roomFact.extend({ room: RoomState, changed: z.array(z.string()) }),
    botToggled: roomFact.extend({ enabled: z.boolean() }),
    roomArchived: roomFact.extend({ archivedAt: Instant }),
    /** Nobody is in it any more, and whatever others keep of it goes. The last fact of a room. */
    roomPurged: roomFact.extend({ purgedAt: Instant }),
  },
  { key: 'roomId' },
);

/** What is told of a room is numbered by the room's `version`, without a hole. */
export const roomFacts = defineFacts({ kind: 'room', key: 'roomId', events: roomEvents, facts: rooms.facts, heads: rooms.factHeads });

/** The facts of a room, by name. */
export type RoomFactName = keyof typeof roomEvents;
export type RoomFact<N extends RoomFactName = RoomFactName> = z.output<(typeof roomEvents)[N]['payload']>;

export const roomSignals = defineSignals('rooms', {
  typing: z.object({ roomId: Id, userId: Id, typing: z.boolean() }),
  /** In direct rooms, everyone is told; in others, those who look at them. */
  presence: z.object({ userId: Id, status: MemberStatus, roomIds: z.array(Id), directRoomIds: z.array(Id).optional() }),
  /** Who acts for a host who is away; null, nobody does. `version` says which of two is the newer. */
  acting: z.object({ roomId: Id, actingHostId: Id.nullable(), version: z.int().optional() }),
  hand: z.object({ roomId: Id, userId: Id, handRaisedAt: Instant.nullable() }),
  /** What became of someone at the door. `moderatorIds` are those who may let people in. */
  lobby: z.object({ roomId: Id, userId: Id, status: LobbyOutcome, waiting: z.int(), moderatorIds: z.array(Id) }),
  favourite: z.object({ userId: Id, roomId: Id, favourite: z.boolean() }),
  /** Somebody has another name, picture or status; `roomIds` are where they are, and who else is there may know. */
  person: z.object({ person: accountEvents.userUpdated.payload, roomIds: z.array(Id) }),
});
