import { RpcClient, systemCall } from '@atrium/bus';
import { AppError, accounts, files, rooms, type Command, type OutputOf, type RoomRecord } from '@atrium/contracts';
import { Injectable, Logger } from '@nestjs/common';
import { RoomStatesService } from '../rooms/room-states.service.ts';
import { BotCommand, EVERYONE, type Ask, type CommandAnswer } from './command.ts';
import { plainText } from './plain-text.ts';
import { i18n } from '../words/words.ts';

export type QueueStatus = OutputOf<typeof files.queueStatus>;

/** `/status`: how the room is doing, and, where the asker alone reads the answer, what they have left to spend. */
@Injectable()
export class StatusCommand extends BotCommand {
  get description(): Command {
    return {
      name: 'status',
      description: i18n.t('Shows the room, its host, who is online, the bot, the files being read, and your credits.'),
      usage: '/status',
      arguments: [],
      allowedRoles: EVERYONE,
    };
  }
  private readonly logger = new Logger('bot');

  constructor(
    private readonly rpc: RpcClient,
    private readonly roomStates: RoomStatesService,
  ) {
    super();
  }

  async answer({ roomId, call, personal }: Ask): Promise<CommandAnswer> {
    const [room, queue, credits] = await Promise.all([
      this.rpc.call(rooms.get, { roomId }, { ...systemCall(), ...call }),
      this.known('files', () => this.rpc.call(files.queueStatus, { roomId }, call)),
      personal ? this.known('credits', () => this.rpc.call(accounts.getCredits, { limit: 1 }, call)) : null,
    ]);
    const parts = { hostName: await this.hostName(room), queue, ...(personal && { credits }) };
    return () => ({ body: renderStatus(room, parts) });
  }

  private async hostName(room: RoomRecord): Promise<string | null> {
    if (!room.hostId) return null;
    const host = await this.roomStates.findMembership(room.id, room.hostId);
    return host?.member?.displayName ?? null;
  }

  /** Null while a service is away: the rest of the status is worth having without it. */
  private async known<T>(what: string, ask: () => Promise<T>): Promise<T | null> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.logger.warn({ what, code: error.code }, 'a part of the status is left out');
      return null;
    }
  }
}

export type StatusParts = { hostName: string | null; queue: QueueStatus | null; credits?: { balance: number } | null };

export function renderStatus(room: RoomRecord, { hostName, queue, credits }: StatusParts): string {
  const title = room.topic ? `**${plainText(room.name)}** – ${plainText(room.topic)}` : `**${plainText(room.name)}**`;
  const lines = [
    i18n.t('Host: {name}', { name: hostName === null ? i18n.t('nobody') : plainText(hostName) }),
    i18n.t('Online: {online} of {members, plural, one {# member} other {# members}}', {
      online: room.onlineCount,
      members: room.memberCount,
    }),
    room.botEnabled ? i18n.t('Bot: on') : i18n.t('Bot: off'),
    i18n.t('Extraction queue: {queue}', { queue: queue ? renderQueue(queue) : i18n.t('not known right now') }),
    ...(credits === undefined ? [] : [i18n.t('Your credits: {credits}', { credits: credits?.balance ?? i18n.t('not known right now') })]),
  ];
  return `${title}\n\n${lines.map((line) => `- ${line}`).join('\n')}`;
}

function renderQueue({ waiting, extracting, ready, failed }: QueueStatus): string {
  const parts = [
    i18n.t('{count} waiting', { count: waiting }),
    i18n.t('{count} being read', { count: extracting }),
    i18n.t('{count} ready', { count: ready }),
  ];
  return failed > 0 ? [...parts, i18n.t('{count} failed', { count: failed })].join(', ') : parts.join(', ');
}
