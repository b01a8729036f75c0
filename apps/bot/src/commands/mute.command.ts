import { RpcClient } from '@atrium/bus';
import { rooms, type Command } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { BotCommand, type Ask, type CommandAnswer } from './command.ts';
import { NamedMembers, requireRun } from './members.ts';
import { plainText } from './plain-text.ts';

/** `/mute`: keeps a member from speaking for a while, in the asker's own name: rooms decides whether they may. */
@Injectable()
export class MuteCommand extends BotCommand {
  readonly description: Command = {
    name: 'mute',
    description: 'Keeps a member from speaking for a while; for the host and moderators.',
    usage: '/mute <member> <duration> [reason]',
    arguments: [
      { name: 'member', description: 'whom, such as @ann', type: 'member', required: true },
      { name: 'duration', description: 'for how long, such as 20m, 2 hours or 3d; at most 28 days', type: 'duration', required: true },
      { name: 'reason', description: 'why, for the person and the audit log, at most 200 characters', type: 'text', required: false },
    ],
    allowedRoles: ['host', 'moderator'],
  };

  constructor(
    private readonly rpc: RpcClient,
    private readonly members: NamedMembers,
  ) {
    super();
  }

  async answer(ask: Ask): Promise<CommandAnswer> {
    requireRun(ask, 'mute');
    const { roomId, values, call } = ask;
    const member = await this.members.require(ask, 'member');
    const seconds = Math.ceil(Number(values['duration']) / 1000);
    const reason = typeof values['reason'] === 'string' ? { reason: values['reason'] } : {};
    await this.rpc.call(rooms.mute, { roomId, userId: member.id, seconds, ...reason }, call);
    const until = new Date(Date.now() + seconds * 1000).toISOString().slice(0, 16).replace('T', ' ');
    return {
      body: `${plainText(member.displayName)} is muted until ${until} UTC.`,
      links: [{ label: 'Members', href: `/rooms/${roomId}/members` }],
    };
  }
}
