import { OnLiveEvent } from '@atrium/bus';
import { messageSignals, type PayloadOf, type ServerEvent, type ServerFrame } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { Connections } from '../sockets/connections.ts';
import { frameOf } from '../sockets/frame.ts';
import { TimelineFanout } from '../timelines/timeline-fanout.ts';
import { RoomEntrance } from './room.entrance.ts';

/** What people are told of, on all of their devices. Whether they are is decided where messages are stored. */
@Controller()
export class NotificationsFanout {
  constructor(
    private readonly connections: Connections,
    private readonly fanout: TimelineFanout,
    private readonly entrance: RoomEntrance,
  ) {}

  @OnLiveEvent(messageSignals.notified)
  notified({ userId, quiet, notification }: PayloadOf<typeof messageSignals.notified>): void {
    this.push(userId, 'notification', { ...notification, quiet });
  }

  @OnLiveEvent(messageSignals.roomCalled)
  roomCalled({ except, quiet, notification }: PayloadOf<typeof messageSignals.roomCalled>): void {
    const channel = this.fanout.find(notification.roomId);
    if (!channel) return;
    const [left, silent] = [new Set(except), new Set(quiet)];
    const [ringing, still] = [false, true].map((isQuiet) => frameOf('notification', { ...notification, quiet: isQuiet })) as [
      Buffer,
      Buffer,
    ];
    for (const connection of channel.connections()) {
      const { userId } = connection.identity!;
      if (!left.has(userId)) connection.push(silent.has(userId) ? still : ringing);
    }
  }

  @OnLiveEvent(messageSignals.notificationsRead)
  read({ userId, unread }: PayloadOf<typeof messageSignals.notificationsRead>): void {
    this.push(userId, 'notifications.read', { unread });
  }

  @OnLiveEvent(messageSignals.preferencesChanged)
  preferences({ userId, preferences }: PayloadOf<typeof messageSignals.preferencesChanged>): void {
    this.push(userId, 'preferences', preferences);
  }

  @OnLiveEvent(messageSignals.notifyChanged)
  notify({ userId, ...level }: PayloadOf<typeof messageSignals.notifyChanged>): void {
    this.push(userId, 'room.notify', level);
  }

  @OnLiveEvent(messageSignals.roomHidden)
  hidden({ userId, roomId }: PayloadOf<typeof messageSignals.roomHidden>): void {
    for (const connection of this.connections.of(userId)) this.fanout.find(roomId)?.leave(connection);
    this.push(userId, 'room.removed', { roomId, reason: 'left' });
  }

  @OnLiveEvent(messageSignals.roomReopened)
  async reopened({ roomId, userIds }: PayloadOf<typeof messageSignals.roomReopened>): Promise<void> {
    await Promise.all(userIds.map((userId) => this.entrance.bringIn(this.connections.of(userId), roomId)));
  }

  private push<E extends ServerEvent>(userId: string, event: E, data: ServerFrame<E>['data']): void {
    const own = this.connections.of(userId);
    if (own.size === 0) return;
    const frame = frameOf(event, data);
    for (const connection of own) connection.push(frame);
  }
}
