import { RpcClient } from '@atrium/bus';
import { AppError, rooms, type Command } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { BotCommand, EVERYONE, type Ask, type CommandAnswer } from './command.ts';
import { plainText } from './plain-text.ts';
import { i18n } from '../words/words.ts';

/** `/topic`: shows what the room is about, or changes it in the asker's own name: rooms decides whether they may. */
@Injectable()
export class TopicCommand extends BotCommand {
  get description(): Command {
    return {
      name: 'topic',
      description: i18n.t('Shows the topic of this room; the host changes it.'),
      usage: i18n.t('/topic [new topic]'),
      arguments: [
        {
          name: 'topic',
          label: i18n.t('topic'),
          description: i18n.t('the new topic, at most 250 characters'),
          type: 'text',
          max: 250,
          required: false,
        },
      ],
      allowedRoles: EVERYONE,
    };
  }

  constructor(private readonly rpc: RpcClient) {
    super();
  }

  async answer({ roomId, room, values, call }: Ask): Promise<CommandAnswer> {
    const { topic } = values;
    if (typeof topic !== 'string')
      return () => ({
        body: room.topic === '' ? i18n.t('This room has no topic.') : i18n.t('Topic: {topic}', { topic: plainText(room.topic) }),
      });
    // What was posted names its author, but brings no proof that they ask for this change.
    if (!call.actorProof)
      throw new AppError('forbidden', i18n.t('Run /topic as a command to change the topic: a posted one only shows it.'));
    const changed = await this.rpc.call(rooms.update, { roomId, topic }, call);
    return () => ({ body: i18n.t('The topic is now: {topic}', { topic: plainText(changed.room.topic) }) });
  }
}
