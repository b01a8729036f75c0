import {
  AppError,
  validationError,
  type Mentions,
  type Message,
  type OutputOf,
  type ParsedInputOf,
  type messages,
} from '@atrium/contracts';
import { transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.ts';
import { RoomLogRepository, type LockedRoom } from '../log/room-log.repository.ts';
import type { MessageRow } from '../messages/message.row.ts';
import { MessagesRepository } from '../messages/messages.repository.ts';
import type { Occasion } from '../notifications/decide-query.ts';
import { Notifier } from '../notifications/notifier.ts';
import { callsOnline, namedIn, withoutGroups } from '../sends/named.ts';
import { OnlineMembers } from '../sends/online-members.ts';
import { lengthRefusal } from '../sends/send-decisions.ts';
import { ChangesRepository } from './changes.repository.ts';

type EditInput = ParsedInputOf<typeof messages.edit>;
/** `here`: who is called by being online now, where the message did not call them before. */
type Edit = { actorId: string; row: MessageRow; body: string; mentions: Mentions; here: readonly string[] };

/** Authors say something else than they said; what they said before is kept and shown. */
@Injectable()
export class EditsService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: AccessService,
    private readonly log: RoomLogRepository,
    private readonly messages: MessagesRepository,
    private readonly repository: ChangesRepository,
    private readonly notifier: Notifier,
    private readonly online: OnlineMembers,
  ) {}

  /** An edit to what the message says already changes nothing and tells nobody. */
  async edit(actorId: string, input: EditInput): Promise<Message> {
    const { role } = await this.access.requireVoice(input.roomId, actorId);
    const tooLong = lengthRefusal(input.body);
    if (tooLong) throw tooLong;
    const windowSeconds = await this.access.editWindowSeconds(input.roomId, actorId);
    const body = input.body.toWellFormed();
    const named = namedIn(body);
    const online = callsOnline(named) ? await this.online.of(input.roomId) : [];
    return transact(this.em, async (tx) => {
      const room = await this.log.lock(tx, input.roomId);
      const row = await this.messages.findRow(tx, actorId, input.roomId, input.messageId);
      const editable = requireEditable(row, { actorId, windowSeconds, ...input });
      if (editable.body !== body) {
        const mayName = editable.kind === 'bot' ? withoutGroups(named) : named;
        const mentions = await this.repository.resolveMentions(tx, input.roomId, mayName, role);
        const here = mentions.here && !editable.mentions?.here ? online : [];
        await this.store(tx, room, { actorId, row: editable, body, mentions, here });
      }
      return (await this.messages.findById(tx, actorId, input.roomId, input.messageId))!;
    });
  }

  async versions(actorId: string, input: ParsedInputOf<typeof messages.versions>): Promise<OutputOf<typeof messages.versions>> {
    await this.access.requireMember(input.roomId, actorId);
    const row = await this.messages.findRow(this.em, actorId, input.roomId, input.messageId);
    if (!row || row.deleted_at !== null) throw new AppError('message_not_found');
    return { items: await this.repository.findVersions(this.em, row.id) };
  }

  private async store(tx: EntityManager, room: LockedRoom, { actorId, row, body, mentions, here }: Edit): Promise<void> {
    const at = new Date().toISOString();
    await this.repository.keepVersion(tx, row);
    await this.repository.saveEdit(tx, row, { body, mentions, at, here });
    const message = (await this.messages.findForEntries(tx, [row.id])).get(row.id)!;
    await this.log.append(tx, room, [{ actorId, messageId: row.id, at, body: { type: 'message.edited', messageId: row.id, message } }]);
    await this.tellNewlyNamed(tx, { actorId, row, body, mentions, here }, { message, at });
  }

  /** Whoever was called before has been told. */
  private async tellNewlyNamed(
    tx: EntityManager,
    { actorId, row, mentions, here }: Edit,
    { message, at }: { message: Message; at: string },
  ): Promise<void> {
    const thread = message.parentId === undefined ? {} : { threadId: message.parentId };
    const base = { messageId: row.id, roomId: row.room_id, seq: row.seq, ...thread, actorId, at };
    const before = row.mentions;
    const named = mentions.userIds.filter((userId) => !before?.userIds.includes(userId));
    const occasions: Occasion[] = [
      ...named.map((userId) => ({ ...base, reason: 'mention' as const, userId })),
      ...here.map((userId) => ({ ...base, reason: 'here' as const, userId })),
      ...(mentions.moderators && !before?.moderators ? [{ ...base, reason: 'moderators' as const }] : []),
    ];
    const telling = { message, actorId, at };
    await this.notifier.decide(tx, occasions, telling);
    if (mentions.room && !before?.room) await this.notifier.decideRoomCall(tx, telling);
  }
}

type Asked = { actorId: string; windowSeconds: number; body: string; ifVersion?: number | undefined };

function requireEditable(row: MessageRow | null, { actorId, windowSeconds, body, ifVersion }: Asked): MessageRow {
  if (!row || row.deleted_at !== null) throw new AppError('message_not_found');
  if (row.author_id !== actorId || row.kind !== 'text') throw new AppError('forbidden', 'Only its author may edit a message.');
  const age = Date.now() - new Date(row.created_at).getTime();
  if (windowSeconds >= 0 && age >= windowSeconds * 1000) {
    const detail = windowSeconds === 0 ? 'Messages are never edited in this room.' : 'Messages of this age are not edited in this room.';
    throw new AppError('edit_window_closed', detail);
  }
  if (ifVersion !== undefined && ifVersion !== row.version)
    throw new AppError('stale_version', `The message is at version ${row.version}; read it again.`);
  if (body === '' && !row.file_ids?.length)
    throw validationError([{ path: ['body'], message: 'must not be empty unless a file is attached; delete the message instead' }]);
  return row;
}
