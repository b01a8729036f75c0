import { RpcClient, systemCall } from '@atrium/bus';
import { rooms, type Command } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { RegistrationsRepository } from './registrations.repository.ts';

/** A command of a bot that is in the room. */
export type OwnCommand = { description: Command; bot: NonNullable<Command['bot']>; url: string | null };

/** The commands that a room has through the bots that are its members. */
@Injectable()
export class OwnCommandsService {
  constructor(
    private readonly em: EntityManager,
    private readonly rpc: RpcClient,
    private readonly registrations: RegistrationsRepository,
  ) {}

  /** Where two bots have the same command, the one that has been in the room longer answers it. */
  async in(roomId: string): Promise<OwnCommand[]> {
    const { items: members } = await this.rpc.call(rooms.memberBots, { roomId }, systemCall());
    if (members.length === 0) return [];
    const registered = await this.registrations.enabledOf(
      this.em.fork(),
      members.map(({ userId }) => userId),
    );
    const byName = new Map<string, OwnCommand>();
    for (const { userId, username, displayName } of members) {
      const { commands = [], url = null } = registered.find(({ botId }) => botId === userId) ?? {};
      const bot = { id: userId, username, name: displayName };
      for (const command of commands)
        if (!byName.has(command.name)) byName.set(command.name, { description: { ...command, bot }, bot, url });
    }
    return [...byName.values()];
  }

  async find(roomId: string, name: string): Promise<OwnCommand | undefined> {
    return (await this.in(roomId)).find(({ description }) => description.name === name);
  }
}
