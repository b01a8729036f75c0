import { RpcClient } from '@atrium/bus';
import { messages, rooms, type Command } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { BotCommand, EVERYONE, type Ask, type CommandAnswer } from './command.ts';
import { NamedMembers, argumentFault, requireRun } from './members.ts';
import { plainText } from './plain-text.ts';
import { i18n } from '../words/words.ts';

/** `/dm`: opens the direct room with a member, and says something there at once. */
@Injectable()
export class DmCommand extends BotCommand {
  get description(): Command {
    return {
      name: 'dm',
      description: i18n.t('Opens your direct room with a member, and sends a message there if you give one.'),
      usage: i18n.t('/dm <member> [message]'),
      arguments: [
        { name: 'member', label: i18n.t('member'), description: i18n.t('to whom, such as @ann'), type: 'member', required: true },
        { name: 'message', label: i18n.t('message'), description: i18n.t('what to send'), type: 'text', required: false },
      ],
      allowedRoles: EVERYONE,
    };
  }

  constructor(
    private readonly rpc: RpcClient,
    private readonly members: NamedMembers,
  ) {
    super();
  }

  async answer(ask: Ask): Promise<CommandAnswer> {
    requireRun(ask, 'dm');
    const member = await this.members.require(ask, 'member');
    if (member.id === ask.asker.userId)
      throw argumentFault('member', i18n.t('must be somebody else: there is no direct room with yourself'));
    const { room } = await this.rpc.call(rooms.openDirect, { userIds: [member.id] }, ask.call);
    const { message } = ask.values;
    // Under the id of the run, so that a repeat of it sends nothing twice.
    if (typeof message === 'string')
      await this.rpc.call(messages.send, { roomId: room.id, body: message, clientId: `dm:${ask.id}` }, ask.call);
    const name = plainText(member.displayName);
    return () => ({
      body: typeof message === 'string' ? i18n.t('Sent to {name}.', { name }) : i18n.t('Your direct room with {name}:', { name }),
      links: [{ label: i18n.t('Open it'), href: `/rooms/${room.id}` }],
    });
  }
}
