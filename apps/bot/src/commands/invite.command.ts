import { RpcClient } from '@atrium/bus';
import { accounts, rooms, type Command, type DirectoryUser } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { BotCommand, type Ask, type CommandAnswer } from './command.ts';
import { argumentFault, requireRun } from './members.ts';
import { plainText } from './plain-text.ts';
import { i18n } from '../words/words.ts';

const LINK_DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1000;

/** `/invite`: brings somebody in, or makes a link for whoever is to come. */
@Injectable()
export class InviteCommand extends BotCommand {
  get description(): Command {
    return {
      name: 'invite',
      description: i18n.t('Brings somebody into this room, or makes a link that does; for the host and moderators.'),
      usage: i18n.t('/invite [person]'),
      arguments: [
        {
          name: 'person',
          label: i18n.t('person'),
          description: i18n.t('who is to come, such as @ann; without one you get a link that works for {days} days', { days: LINK_DAYS }),
          type: 'user',
          required: false,
        },
      ],
      allowedRoles: ['host', 'moderator'],
    };
  }

  constructor(private readonly rpc: RpcClient) {
    super();
  }

  async answer(ask: Ask): Promise<CommandAnswer> {
    requireRun(ask, 'invite');
    const { roomId, values, call, id } = ask;
    if (typeof values['person'] !== 'string') {
      const expiresAt = new Date(Date.now() + LINK_DAYS * DAY_MS).toISOString();
      const { code } = await this.rpc.call(rooms.createInvite, { roomId, expiresAt, idempotencyKey: id }, call);
      return () => ({
        body: i18n.t('Whoever has this link can come in for {days} days:', { days: LINK_DAYS }),
        links: [{ label: i18n.t('The link'), href: `/invite/${code}`, shareable: true }],
      });
    }
    const person = await this.find(values['person'], ask);
    await this.rpc.call(rooms.addMembers, { roomId, userIds: [person.id] }, call);
    return () => ({
      body: i18n.t('{name} is in this room.', { name: plainText(person.displayName) }),
      links: [{ label: i18n.t('Members'), href: `/rooms/${roomId}/members` }],
    });
  }

  private async find(username: string, { call }: Ask): Promise<DirectoryUser> {
    const { items } = await this.rpc.call(accounts.findUsers, { query: username, limit: 10 }, call);
    const person = items.find((one) => one.username === username);
    if (person) return person;
    throw argumentFault('person', i18n.t('must be somebody who has an account here; nobody is called @{username}', { username }));
  }
}
