import { RpcClient, type CallOptions } from '@atrium/bus';
import { AppError, messages, rooms, type Room, type RoomActivity, type RoomRecord } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';

/** What `messages.activity` takes at once. */
const MAX_ROOMS_PER_CALL = 1000;

/** `hidden`: a direct room that the caller has left until its next message. */
export type ActiveRoom = { room: Room; lastActivityAt: string; hidden: boolean };

/** Puts together what the rooms service and the messages service each know of a room. */
@Injectable()
export class RoomComposer {
  constructor(private readonly rpc: RpcClient) {}

  async compose(record: RoomRecord, call: CallOptions): Promise<Room> {
    const [composed] = await this.composeAll([record], call);
    return composed!.room;
  }

  /** In the order given, each with when something last happened in it. */
  async composeAll(records: readonly RoomRecord[], call: CallOptions): Promise<ActiveRoom[]> {
    const activities = await this.activities(
      records.map(({ id }) => id),
      call,
    );
    return records.map((record) => {
      const activity = activities.get(record.id);
      return {
        room: composeRoom(record, activity),
        lastActivityAt: activity?.lastActivityAt ?? record.createdAt,
        hidden: activity?.me?.hidden ?? false,
      };
    });
  }

  /**
   * A room for who is said to be in it, or undefined when they are not. Where the two services disagree about a
   * membership, it is too new for one of them or has just ended: the log may already be past the removal, and nobody
   * would look at that entry again. So rooms is asked once more, after the log was read.
   */
  async composeForMember(record: RoomRecord, activity: RoomActivity | undefined, call: CallOptions): Promise<Room | undefined> {
    const current = activity?.me ? record : await this.findMembership(record.id, call);
    return current && composeRoom(current, activity);
  }

  private async findMembership(roomId: string, call: CallOptions): Promise<RoomRecord | undefined> {
    try {
      const record = await this.rpc.call(rooms.get, { roomId }, call);
      return record.me ? record : undefined;
    } catch (error) {
      if (AppError.from(error).kind !== 'not_found') throw error;
      return undefined;
    }
  }

  async activities(roomIds: readonly string[], call: CallOptions): Promise<Map<string, RoomActivity>> {
    const found = new Map<string, RoomActivity>();
    for (let start = 0; start < roomIds.length; start += MAX_ROOMS_PER_CALL) {
      const { items } = await this.rpc.call(messages.activity, { roomIds: roomIds.slice(start, start + MAX_ROOMS_PER_CALL) }, call);
      for (const activity of items) found.set(activity.roomId, activity);
    }
    return found;
  }
}

/** Who is not in a room sees neither its last message nor a `me`, whatever a service said. */
function composeRoom(record: RoomRecord, activity: RoomActivity | undefined): Room {
  const { me, archivedAt, actingHostId, ...rest } = record;
  return {
    ...rest,
    // A room whose first event is still on its way has no entries yet, and no other incarnation than its first.
    epoch: activity?.epoch ?? record.id,
    lastSeq: activity?.lastSeq ?? 0,
    ...(archivedAt === null ? {} : { archivedAt }),
    ...(actingHostId ? { actingHostId } : {}),
    ...(me && activity?.lastMessage ? { lastMessage: activity.lastMessage } : {}),
    ...(me ? { me: composeMe(me, activity) } : {}),
  };
}

function composeMe(me: NonNullable<RoomRecord['me']>, activity: RoomActivity | undefined): NonNullable<Room['me']> {
  const { mutedUntil, muteReason, linkKey, ...membership } = me;
  const { readSeq, unread, mentions, threadUnread } = activity?.me ?? { readSeq: 0, unread: 0, mentions: 0, threadUnread: 0 };
  return {
    ...membership,
    ...(activity?.me?.notify && { notify: activity.me.notify }),
    ...(activity?.me?.roomNotify && { roomNotify: activity.me.roomNotify }),
    readSeq,
    unread,
    mentions,
    threadUnread,
    ...(mutedUntil === null ? {} : { mutedUntil }),
    ...(mutedUntil !== null && muteReason ? { muteReason } : {}),
    ...(linkKey ? { linkKey } : {}),
  };
}
