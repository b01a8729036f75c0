import { RpcClient } from '@atrium/bus';
import { AppError, CLOSE_CODES, FRAME_SCOPES, HEARTBEAT_SECONDS, MAX_RESUME_ENTRIES, rooms, type Room } from '@atrium/contracts';
import pLimit from 'p-limit';
import { Authenticator } from '../auth/authenticator.ts';
import { requireScope } from '../auth/scopes.ts';
import { CatchUp } from '../timelines/catch-up.ts';
import { TimelineFanout } from '../timelines/timeline-fanout.ts';
import { PresenceReporter } from './presence.reporter.ts';
import { RoomComposer } from './room.composer.ts';
import { RoomEntrance } from './room.entrance.ts';
import type { Connection } from '../sockets/connection.ts';
import { Connections } from '../sockets/connections.ts';
import { OnFrame, SocketGateway, type FrameInput } from '../sockets/on-frame.ts';

const CATCH_UPS_AT_ONCE = 4;

/** Where a client stands in one room, and whether it must load the room anew. */
type Resumption = { room: Room; after: number; reset: boolean };

/**
 * Makes a socket somebody's: who it is, one snapshot of their rooms, then what they missed. The socket enters every
 * room before the snapshot is read, so that what happens in between is missed by neither.
 */
@SocketGateway()
export class WelcomeSocket {
  constructor(
    private readonly rpc: RpcClient,
    private readonly authenticator: Authenticator,
    private readonly connections: Connections,
    private readonly fanout: TimelineFanout,
    private readonly catchUp: CatchUp,
    private readonly composer: RoomComposer,
    private readonly entrance: RoomEntrance,
    private readonly presence: PresenceReporter,
  ) {}

  /** Ends when the snapshot was sent; what was missed follows in its own time. */
  @OnFrame('auth')
  async welcome(connection: Connection, input: FrameInput<'auth'>): Promise<void> {
    try {
      await this.name(connection, input.token);
      if (!connection.isOpen) return;
      const resumptions = (await this.snapshot(connection)).map((room) => resume(room, input));
      if (!connection.isOpen) return;
      this.sendReady(connection, resumptions);
      void this.bringUp(connection, resumptions).catch((error: unknown) => refuse(connection, error));
    } catch (error) {
      refuse(connection, error);
    }
  }

  private async name(connection: Connection, token: string): Promise<void> {
    const identity = await this.authenticator.identify(token);
    requireScope(identity, FRAME_SCOPES.auth);
    if (!connection.isOpen) return;
    connection.identity = identity;
    this.entrance.hold(connection);
    this.connections.name(connection);
    this.presence.changed(identity.userId);
  }

  private async snapshot(connection: Connection): Promise<Room[]> {
    const call = connection.call();
    const { items } = await this.rpc.call(rooms.listJoined, {}, call);
    if (!connection.isOpen) return [];
    for (const { id } of items) this.fanout.enter(connection, id);
    const activities = await this.composer.activities(
      items.map(({ id }) => id),
      call,
    );
    const composed = await Promise.all(
      items.map(async (record) => {
        const activity = activities.get(record.id);
        const room = activity?.me?.hidden ? undefined : await this.composer.composeForMember(record, activity, connection.call());
        if (!room) this.fanout.find(record.id)?.leave(connection);
        return room;
      }),
    );
    return composed.filter((room) => room !== undefined);
  }

  private sendReady(connection: Connection, resumptions: Resumption[]): void {
    const data = {
      userId: connection.identity!.userId,
      heartbeatSeconds: HEARTBEAT_SECONDS,
      rooms: resumptions.map(({ room }) => room),
      reset: resumptions.filter(({ reset }) => reset).map(({ room }) => room.id),
    };
    connection.send('ready', data);
    connection.isWelcome = true;
    this.entrance.release(connection);
  }

  private async bringUp(connection: Connection, resumptions: Resumption[]): Promise<void> {
    const limit = pLimit(CATCH_UPS_AT_ONCE);
    await limit.map(resumptions, async (resumption) => {
      if (connection.isOpen) await this.catchUp.run(connection, resumption);
    });
  }
}

export function resume(room: Room, { rooms: named = {}, epochs = {} }: Pick<FrameInput<'auth'>, 'rooms' | 'epochs'>): Resumption {
  const after = named[room.id];
  if (after === undefined) return { room, after: room.lastSeq, reset: false };
  const sameEpoch = epochs[room.id] === undefined || epochs[room.id] === room.epoch;
  const reset = !sameEpoch || after > room.lastSeq || room.lastSeq - after > MAX_RESUME_ENTRIES;
  return { room, after: reset ? room.lastSeq : after, reset };
}

function refuse(connection: Connection, thrown: unknown): void {
  const error = AppError.from(thrown);
  if (error.code === 'session_revoked') return connection.close(CLOSE_CODES.revoked, 'session ended');
  if (error.code === 'insufficient_scope') {
    connection.sendError(error, undefined);
    return connection.close(CLOSE_CODES.unauthenticated, 'the token was not made for this');
  }
  if (error.kind === 'unauthenticated') return connection.close(CLOSE_CODES.unauthenticated, 'unauthenticated');
  // Not the client's fault: it may come again, and should not think that it must sign in.
  connection.sendError(error, undefined);
  connection.close(CLOSE_CODES.restarting, 'try again');
}
