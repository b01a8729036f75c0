import { AppError } from '@atrium/contracts';
import type { Connection } from '../sockets/connection.ts';
import { OnFrame, SocketGateway, type FrameInput } from '../sockets/on-frame.ts';
import { TimelineFanout } from '../timelines/timeline-fanout.ts';
import { PagesReporter } from './pages.reporter.ts';
import { PresenceReporter } from './presence.reporter.ts';
import { Typists } from './typists.ts';

@SocketGateway()
export class RoomsSocket {
  constructor(
    private readonly typists: Typists,
    private readonly fanout: TimelineFanout,
    private readonly reporter: PresenceReporter,
    private readonly pages: PagesReporter,
  ) {}

  @OnFrame('typing')
  async typing(connection: Connection, input: FrameInput<'typing'>): Promise<void> {
    await this.typists.set(connection.call(), input);
  }

  /** The room on the screen: the one whose people's presence this socket is told. */
  @OnFrame('focus')
  focus(connection: Connection, { roomId }: FrameInput<'focus'>): void {
    const channel = roomId === null ? undefined : this.fanout.find(roomId);
    if (roomId !== null && !channel?.has(connection)) throw new AppError('room_not_found');
    if (connection.focus !== null) this.fanout.find(connection.focus)?.focused.delete(connection);
    connection.focus = roomId;
    connection.focusedAt = Date.now();
    channel?.focused.add(connection);
    // Not waited for: frames are answered in their order, whatever the services need.
    void this.pages.changed(connection.identity!.userId);
  }

  @OnFrame('presence')
  presence(connection: Connection, { active }: FrameInput<'presence'>): void {
    connection.active = active;
    this.reporter.changed(connection.identity!.userId);
    void this.pages.changed(connection.identity!.userId);
  }
}
