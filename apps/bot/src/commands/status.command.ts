import { RpcClient, systemCall } from '@atrium/bus';
import { AppError, files, rooms, type Command, type OutputOf, type RoomRecord } from '@atrium/contracts';
import { Injectable, Logger } from '@nestjs/common';
import { RoomStatesService } from '../rooms/room-states.service.ts';
import { BotCommand, EVERYONE, type Ask } from './command.ts';
import { plainText } from './plain-text.ts';

export type QueueStatus = OutputOf<typeof files.queueStatus>;

/**
 * `/status`: how the room is doing. The answer is for the whole room, so it holds nothing personal; what the asker
 * has left to spend stays with the asker.
 */
@Injectable()
export class StatusCommand extends BotCommand {
  readonly description: Command = {
    name: 'status',
    description: 'Shows the room, its host, who is online, the bot and the files being read.',
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

  async answer({ roomId, call }: Ask): Promise<string> {
    const [room, queue] = await Promise.all([this.rpc.call(rooms.get, { roomId }, { ...systemCall(), ...call }), this.queue(roomId, call)]);
    return renderStatus(room, await this.hostName(room), queue);
  }

  private async hostName(room: RoomRecord): Promise<string | null> {
    if (!room.hostId) return null;
    const host = await this.roomStates.findMembership(room.id, room.hostId);
    return host?.member?.displayName ?? null;
  }

  /** Null while the files service is away: the rest of the status is worth having without it. */
  private async queue(roomId: string, call: Ask['call']): Promise<QueueStatus | null> {
    try {
      return await this.rpc.call(files.queueStatus, { roomId }, call);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.logger.warn({ roomId, code: error.code }, 'the status of the files is left out');
      return null;
    }
  }
}

export function renderStatus(room: RoomRecord, hostName: string | null, queue: QueueStatus | null): string {
  const title = room.topic ? `**${plainText(room.name)}** – ${plainText(room.topic)}` : `**${plainText(room.name)}**`;
  const lines = [
    `Host: ${hostName === null ? 'nobody' : plainText(hostName)}`,
    `Online: ${room.onlineCount} of ${room.memberCount} ${room.memberCount === 1 ? 'member' : 'members'}`,
    `Bot: ${room.botEnabled ? 'on' : 'off'}`,
    `Extraction queue: ${queue ? renderQueue(queue) : 'not known right now'}`,
  ];
  return `${title}\n\n${lines.map((line) => `- ${line}`).join('\n')}`;
}

function renderQueue({ waiting, extracting, ready, failed }: QueueStatus): string {
  const parts = [`${waiting} waiting`, `${extracting} being read`, `${ready} ready`];
  return failed > 0 ? [...parts, `${failed} failed`].join(', ') : parts.join(', ');
}
