import { AppError } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { TimelineFanout } from '../timelines/timeline-fanout.ts';
import type { CommandInput } from '../sockets/commands.ts';
import type { Connection } from '../sockets/connection.ts';
import { PresenceReporter } from './presence.reporter.ts';
import { Typists } from './typists.ts';

@Injectable()
export class RoomsSocket {
  constructor(
    private readonly typists: Typists,
    private readonly fanout: TimelineFanout,
    private readonly reporter: PresenceReporter,
  ) {}

  async typing(connection: Connection, input: CommandInput<'typing'>): Promise<void> {
    await this.typists.set(connection.call(), input);
  }

  /** The room on the screen: the one whose people's presence this socket is told. */
  focus(connection: Connection, { roomId }: CommandInput<'focus'>): Promise<void> {
    const channel = roomId === null ? undefined : this.fanout.find(roomId);
    if (roomId !== null && !channel?.has(connection)) return Promise.reject(new AppError('room_not_found'));
    if (connection.focus !== null) this.fanout.find(connection.focus)?.focused.delete(connection);
    connection.focus = roomId;
    channel?.focused.add(connection);
    return Promise.resolve();
  }

  presence(connection: Connection, { active }: CommandInput<'presence'>): Promise<void> {
    connection.active = active;
    this.reporter.changed(connection.identity!.userId);
    return Promise.resolve();
  }
}
