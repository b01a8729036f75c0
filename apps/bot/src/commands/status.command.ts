import { RpcClient, systemCall } from '@atrium/bus';
import { AppError, accounts, files, rooms, type Command, type OutputOf, type RoomRecord } from '@atrium/contracts';
import { Injectable, Logger } from '@nestjs/common';
import { RoomStatesService } from '../rooms/room-states.service.ts';
import { BotCommand, EVERYONE, type Ask, type CommandAnswer } from './command.ts';
import { plainText } from './plain-text.ts';

export type QueueStatus = OutputOf<typeof files.queueStatus>;

/** `/status`: how the room is doing, and, where the asker alone reads the answer, what they have left to spend. */
@Injectable()
export class StatusCommand extends BotCommand {
  readonly description: Command = {
    name: 'status',
    description: 'Shows the room, its host, who is online, the bot, the files being read, and your credits.',
    usage: '/status',
    arguments: [],
    allowedRoles: EVERYONE,
  };
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
    return { body: renderStatus(room, { hostName: await this.hostName(room), queue, ...(personal && { credits }) }) };
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
    `Host: ${hostName === null ? 'nobody' : plainText(hostName)}`,
    `Online: ${room.onlineCount} of ${room.memberCount} ${room.memberCount === 1 ? 'member' : 'members'}`,
    `Bot: ${room.botEnabled ? 'on' : 'off'}`,
    `Extraction queue: ${queue ? renderQueue(queue) : 'not known right now'}`,
    ...(credits === undefined ? [] : [`Your credits: ${credits ? credits.balance : 'not known right now'}`]),
  ];
  return `${title}\n\n${lines.map((line) => `- ${line}`).join('\n')}`;
}

function renderQueue({ waiting, extracting, ready, failed }: QueueStatus): string {
  const parts = [`${waiting} waiting`, `${extracting} being read`, `${ready} ready`];
  return failed > 0 ? [...parts, `${failed} failed`].join(', ') : parts.join(', ');
}
