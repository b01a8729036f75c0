import { RpcClient, systemCall } from '@atrium/bus';
import { BOT_USER_ID, rooms, webhookPostOf, type Preferences, type PushMessage } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { NotificationsRepository } from '../notifications/notifications.repository.ts';
import type { HeldDevice, Told } from './push-queue.ts';
import { pushText, type Names } from './push-text.ts';
import { type PushWords, pushWordsIn } from './push-words.ts';

/** Writes what devices are told. */
@Injectable()
export class PushComposer {
  constructor(
    private readonly rpc: RpcClient,
    private readonly notifications: NotificationsRepository,
  ) {}

  async tell(em: EntityManager, { userId, language }: HeldDevice, told: Told, { pushPreview, sound }: Preferences): Promise<PushMessage> {
    const words = pushWordsIn(language);
    const names = pushPreview === 'nothing' ? undefined : await this.namesOf(told, words);
    return {
      type: 'notification',
      ...pushText(words, pushPreview, { ...told, body: postOf(told)?.body ?? told.body }, names),
      tag: told.messageId,
      url: placeOf(told),
      unread: await this.notifications.countUnread(em, userId),
      silent: !sound,
    };
  }

  async close(em: EntityManager, userId: string, tags: string[]): Promise<PushMessage> {
    return { type: 'read', tags, unread: await this.notifications.countUnread(em, userId) };
  }

  private async namesOf(told: Told, words: PushWords): Promise<Names> {
    const { roomId, actorId } = told;
    const { room, member } = await this.rpc.call(rooms.getMembership, { roomId, userId: actorId }, systemCall());
    const actor = postOf(told)?.sender ?? member?.displayName ?? (actorId === BOT_USER_ID ? words.bot : words.someone);
    return { actor, room: room.name, isDirect: room.kind === 'direct' };
  }
}

/** A program goes by the name it posted under. */
const postOf = ({ actorId, clientId, body }: Told) => webhookPostOf({ authorId: actorId, clientId, body });

/** Where the page shows a message. */
const placeOf = ({ roomId, seq, threadId }: Told): string =>
  threadId === undefined ? `/rooms/${roomId}?at=${seq}` : `/rooms/${roomId}/thread/${threadId}?at=${seq}`;
