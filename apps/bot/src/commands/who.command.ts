import { RpcClient } from '@atrium/bus';
import { rooms, type Command, type Member } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { BotCommand, EVERYONE, type Ask, type CommandAnswer } from './command.ts';
import { plainText } from './plain-text.ts';
import { i18n } from '../words/words.ts';

const SHOWN = 100;

/** `/who`: who is in the room, and who of them is here now. */
@Injectable()
export class WhoCommand extends BotCommand {
  get description(): Command {
    return {
      name: 'who',
      description: i18n.t('Shows who is in this room, and who of them is online.'),
      usage: '/who',
      arguments: [],
      allowedRoles: EVERYONE,
    };
  }

  constructor(private readonly rpc: RpcClient) {
    super();
  }

  async answer({ roomId, call }: Ask): Promise<CommandAnswer> {
    const { items, nextCursor } = await this.rpc.call(rooms.members, { roomId, limit: SHOWN }, call);
    return () => ({
      body: renderMembers(items, nextCursor !== null),
      links: [{ label: i18n.t('Members'), href: `/rooms/${roomId}/members` }],
    });
  }
}

const groupsOf = () =>
  [
    { title: i18n.t('Online'), statuses: ['online'] },
    { title: i18n.t('Away'), statuses: ['away', 'dnd'] },
    { title: i18n.t('Offline'), statuses: ['offline'] },
  ] as const;

export function renderMembers(members: readonly Member[], hasMore: boolean): string {
  const groups = groupsOf().flatMap(({ title, statuses }) => {
    const here = members.filter(({ status }) => (statuses as readonly string[]).includes(status));
    return here.length === 0 ? [] : [`**${title}** (${here.length}): ${here.map(nameOf).join(', ')}`];
  });
  return [...groups, ...(hasMore ? [i18n.t('The first {count} members; the list beside the room has all.', { count: SHOWN })] : [])].join(
    '\n\n',
  );
}

const nameOf = ({ displayName, role }: Member): string =>
  `${plainText(displayName)}${role === 'member' ? '' : ` (${role === 'host' ? i18n.t('host') : i18n.t('moderator')})`}`;
