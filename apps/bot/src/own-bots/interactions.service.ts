import { Signals } from '@atrium/bus';
import {
  AppError,
  INTERACTION_SECONDS,
  botSignals,
  type CommandReply,
  type Interaction,
  type InteractionAnswer,
  type Message,
} from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { plainText } from '../commands/plain-text.ts';
import type { Membership } from '../rooms/room-states.service.ts';
import { PostsService } from '../posts/posts.service.ts';
import { RoomStatesService } from '../rooms/room-states.service.ts';
import { NotesService } from '../runs/notes.service.ts';
import { askedBy, isThere } from '../runs/note-texts.ts';
import { RunsRepository } from '../runs/runs.repository.ts';
import { InteractionClock, headOf } from './interaction-clock.ts';
import { InteractionsRepository, type StoredInteraction } from './interactions.repository.ts';
import type { OwnCommand } from './own-commands.service.ts';

export type Use = {
  /** The run or the message that asks. */
  sourceId: string;
  posted: boolean;
  roomId: string;
  asker: NonNullable<Membership['member']>;
  parentId: string | undefined;
  text: string;
  public: boolean;
  timeZone: string;
} & Pick<Interaction, 'values' | 'flags'>;

/** From somebody's use of a bot's command to the bot's answer. */
@Injectable()
export class InteractionsService {
  constructor(
    private readonly em: EntityManager,
    private readonly interactions: InteractionsRepository,
    private readonly clock: InteractionClock,
    private readonly runs: RunsRepository,
    private readonly posts: PostsService,
    private readonly notes: NotesService,
    private readonly roomStates: RoomStatesService,
    private readonly signals: Signals,
  ) {
    this.clock.onAnswer((interaction, answer) => this.settle(interaction, answer));
  }

  /** Tells the bot; a repeat of the same use tells it nothing more. */
  async begin({ bot, url, description }: OwnCommand, { asker, ...use }: Use): Promise<void> {
    const id = uuidv7();
    const now = Date.now();
    const told: Interaction = {
      id,
      botId: bot.id,
      roomId: use.roomId,
      user: { id: asker.userId, username: asker.username, displayName: asker.displayName, role: asker.role },
      command: description.name,
      text: use.text,
      values: use.values,
      flags: use.flags,
      public: use.public,
      ...(use.parentId !== undefined && { parentId: use.parentId }),
      timeZone: use.timeZone,
      at: new Date(now).toISOString(),
      expiresAt: new Date(now + INTERACTION_SECONDS * 1000).toISOString(),
    };
    const { roomId, sourceId, posted, parentId = null } = use;
    const stored = { id, botId: bot.id, roomId, userId: asker.userId, sourceId, posted, parentId, told, byRequest: url !== null };
    if (!(await this.interactions.add(this.em.fork(), stored))) return;
    if (url === null) this.signals.send(botSignals.interaction, { botId: bot.id, interactionId: id });
    else this.clock.wake();
  }

  take(interactionId: string): Promise<Interaction | null> {
    return this.interactions.take(this.em.fork(), interactionId);
  }

  /** The socket that had it is gone: it is offered to the bot's others. */
  async release(interactionId: string): Promise<void> {
    const botId = await this.interactions.release(this.em.fork(), interactionId);
    if (botId !== null) this.signals.send(botSignals.interaction, { botId, interactionId });
  }

  async answer(botId: string, interactionId: string, answer: InteractionAnswer): Promise<CommandReply> {
    const interaction = await this.interactions.find(this.em.fork(), interactionId, botId);
    if (!interaction) throw new AppError('interaction_not_found');
    return this.settle(interaction, answer);
  }

  /** The first answer counts; one that the room does not take leaves the question open. */
  private async settle(interaction: StoredInteraction, answer: InteractionAnswer): Promise<CommandReply> {
    await this.requirePlaces(interaction);
    if (!(await this.interactions.close(this.em.fork(), interaction.id))) throw new AppError('interaction_over');
    try {
      return await this.tell(interaction, answer);
    } catch (error) {
      await this.interactions.reopen(this.em.fork(), interaction.id);
      throw error;
    }
  }

  /** Off means off; and who is out of the room speaks and hears there no more. */
  private async requirePlaces({ roomId, botId, userId }: StoredInteraction): Promise<void> {
    const [own, asker] = await Promise.all([this.roomStates.findMembership(roomId, botId), this.roomStates.findMembership(roomId, userId)]);
    if (!own?.member) throw new AppError('not_a_member', 'The bot is not in this room any more.');
    if (!own.room.botEnabled) throw new AppError('forbidden', 'Bots are switched off in this room.');
    if (!asker?.member) throw new AppError('interaction_over', 'Who asked is not in the room any more.');
  }

  private async tell(interaction: StoredInteraction, answer: InteractionAnswer): Promise<CommandReply> {
    const { sourceId, userId, posted, told } = interaction;
    const isPublic = posted || told.public || answer.public === true;
    const reply = isPublic ? { message: await this.post(interaction, answer) } : { note: this.noteOf(interaction, answer) };
    if (!posted) await this.runs.finish(this.em.fork(), sourceId, reply);
    if (reply.note) this.notes.tell(userId, reply.note);
    const { message } = reply;
    if (message) await this.notes.tellInTheirs(userId, () => ({ ...headOf(interaction), ...isThere(message) }));
    return reply;
  }

  private noteOf(interaction: StoredInteraction, { body, links, buttons }: InteractionAnswer) {
    return { ...headOf(interaction), at: new Date().toISOString(), body, links: links ?? [], ...(buttons && { buttons }) };
  }

  private async post(
    { id, botId, roomId, parentId, posted, told }: StoredInteraction,
    { body, links = [] }: InteractionAnswer,
  ): Promise<Message> {
    const asked = posted ? '' : `${this.posts.inRoomsLanguage(() => askedBy(told.user.displayName, told.text))}\n\n`;
    const listed = links.length === 0 ? '' : `\n\n${links.map(({ label, href }) => `[${plainText(label)}](<${href}>)`).join(' · ')}`;
    const kept = await this.posts.keep({
      messageId: id,
      roomId,
      parentId,
      body: `${asked}${body}${listed}`,
      clientId: `interaction:${id}`,
    });
    if (!kept) throw new AppError('rate_limited', 'Bots have said enough in this room for a minute.', { retryAfterSeconds: 60 });
    return this.posts.post(kept, botId);
  }
}
