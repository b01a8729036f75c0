import { RpcClient } from '@atrium/bus';
import { rooms, type Command } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { BotCommand, type Ask, type CommandAnswer } from './command.ts';
import { NamedMembers, requireRun } from './members.ts';
import { plainText } from './plain-text.ts';
import { timeText } from '../when/clock.ts';
import { i18n } from '../words/words.ts';

/** What rooms mutes for at most. */
const LONGEST_MS = 28 * 24 * 60 * 60 * 1000;

/** `/mute`: keeps a member from speaking for a while, in the asker's own name: rooms decides whether they may. */
@Injectable()
export class MuteCommand extends BotCommand {
  get description(): Command {
    return {
      name: 'mute',
      description: i18n.t('Keeps a member from speaking for a while; for the host and moderators.'),
      usage: i18n.t('/mute <member> <duration> [reason]'),
      arguments: [
        { name: 'member', label: i18n.t('member'), description: i18n.t('whom, such as @ann'), type: 'member', required: true },
        {
          name: 'duration',
          label: i18n.t('duration'),
          description: i18n.t('for how long, such as 20m, 2 hours or 3d; at most 28 days'),
          type: 'duration',
          min: 1000,
          max: LONGEST_MS,
          required: true,
        },
        {
          name: 'reason',
          label: i18n.t('reason'),
          description: i18n.t('why, for the person and the audit log, at most 200 characters'),
          type: 'text',
          max: 200,
          required: false,
        },
      ],
      allowedRoles: ['host', 'moderator'],
    };
  }

  constructor(
    private readonly rpc: RpcClient,
    private readonly members: NamedMembers,
  ) {
    super();
  }

  async answer(ask: Ask): Promise<CommandAnswer> {
    requireRun(ask, 'mute');
    const { roomId, values, call, timeZone } = ask;
    const member = await this.members.require(ask, 'member');
    const seconds = Math.ceil(Number(values['duration']) / 1000);
    const reason = typeof values['reason'] === 'string' ? { reason: values['reason'] } : {};
    await this.rpc.call(rooms.mute, { roomId, userId: member.id, seconds, ...reason }, call);
    const now = new Date();
    const until = new Date(now.getTime() + seconds * 1000);
    return () => ({
      body: i18n.t('{name} is muted until {time}.', { name: plainText(member.displayName), time: timeText(until, { now, timeZone }) }),
      links: [{ label: i18n.t('Members'), href: `/rooms/${roomId}/members` }],
    });
  }
}
