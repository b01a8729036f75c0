import { RpcClient, type CallOptions } from '@atrium/bus';
import { Notification, Preferences, PreferencesInput, listOf, messages } from '@atrium/contracts';
import { Body, Controller, Query } from '@nestjs/common';
import { z } from 'zod';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { RoomId } from '../http/ids.ts';

const ListQuery = messages.notifications.input;
const MentionsQuery = ListQuery.omit({ filter: true });
const ReadBody = messages.readNotifications.input;
const NotifyBody = messages.setNotify.input.omit({ roomId: true });
const NotificationList = listOf(Notification).extend({ unread: z.int() });

/** What the caller is told of, and how they want to be told. */
@Controller()
export class NotificationsHttp {
  constructor(private readonly rpc: RpcClient) {}

  @Endpoint('GET /api/me/notifications', {
    scope: 'messages:read',
    summary: 'What the caller was told of, newest first',
    reply: NotificationList,
    codes: messages.notifications.codes,
  })
  list(@Query({ schema: ListQuery }) query: z.output<typeof ListQuery>, @Caller() call: CallOptions) {
    return this.rpc.call(messages.notifications, query, call);
  }

  @Endpoint('GET /api/me/mentions', {
    scope: 'messages:read',
    summary: 'Messages that call the caller by name or group, newest first',
    reply: NotificationList,
    codes: messages.notifications.codes,
  })
  mentions(@Query({ schema: MentionsQuery }) query: z.output<typeof MentionsQuery>, @Caller() call: CallOptions) {
    return this.rpc.call(messages.notifications, { ...query, filter: 'mentions' }, call);
  }

  @Endpoint('POST /api/me/notifications/read', {
    scope: 'messages:write',
    summary: 'Mark notifications read, up to one of them or a moment; without it, all',
    reply: z.object({ unread: z.int() }),
    codes: messages.readNotifications.codes,
  })
  read(@Body({ schema: ReadBody }) body: z.output<typeof ReadBody>, @Caller() call: CallOptions) {
    return this.rpc.call(messages.readNotifications, body, call);
  }

  @Endpoint('GET /api/me/preferences', { scope: 'any', summary: 'How the caller wants to be told', reply: Preferences })
  preferences(@Caller() call: CallOptions) {
    return this.rpc.call(messages.preferences, {}, call);
  }

  @Endpoint('PUT /api/me/preferences', {
    scope: 'session',
    summary:
      'Say how the caller wants to be told; what is left out stays as it is, null ends it. A body with `notify`, `sound` and `push` is the whole: what need not be ends by being left out of it',
    reply: Preferences,
    codes: messages.setPreferences.codes,
  })
  setPreferences(@Body({ schema: PreferencesInput }) body: PreferencesInput, @Caller() call: CallOptions) {
    return this.rpc.call(messages.setPreferences, body, call);
  }

  @Endpoint('PUT /api/rooms/:roomId/notify', {
    scope: 'rooms:write',
    summary: 'What the caller is told of in one room, for good or until a time',
    reply: messages.setNotify.output,
    codes: messages.setNotify.codes,
  })
  setNotify(@RoomId() roomId: string, @Body({ schema: NotifyBody }) body: z.output<typeof NotifyBody>, @Caller() call: CallOptions) {
    return this.rpc.call(messages.setNotify, { ...body, roomId }, call);
  }
}
