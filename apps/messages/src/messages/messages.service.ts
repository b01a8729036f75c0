import { AppError, type Message, type OutputOf, type ParsedInputOf, type messages } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.ts';
import { MessagesRepository, type Page, type PageAnchor } from './messages.repository.ts';
import { seekTime } from './seek-time.ts';

/** Reading messages: pages, one message, one thread. */
@Injectable()
export class MessagesService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: AccessService,
    private readonly repository: MessagesRepository,
  ) {}

  async page(actorId: string, input: ParsedInputOf<typeof messages.page>): Promise<Page> {
    const find = async () => this.repository.findPage(this.em, actorId, { roomId: input.roomId }, await this.anchorOf(actorId, input));
    const page = await find();
    // Whoever is shown something is in the room, since the query itself asks for that; nothing may have other reasons.
    if (page.items.length > 0) return page;
    await this.access.requireMember(input.roomId, actorId);
    return find();
  }

  private async anchorOf(actorId: string, input: ParsedInputOf<typeof messages.page>): Promise<PageAnchor> {
    if (input.since === undefined) return input;
    const around = await seekTime(this.em, actorId, input.roomId, input.since);
    return { limit: input.limit, ...(around !== null && { around }) };
  }

  private async get(actorId: string, roomId: string, messageId: string): Promise<Message> {
    await this.access.requireMember(roomId, actorId);
    const message = await this.repository.findById(this.em, actorId, roomId, messageId);
    if (!message) throw new AppError('message_not_found');
    return message;
  }

  /** The root stands first on the page that has the thread's beginning; a reply's id leads to its thread. */
  async thread(actorId: string, input: ParsedInputOf<typeof messages.thread>): Promise<OutputOf<typeof messages.thread>> {
    const named = await this.get(actorId, input.roomId, input.messageId);
    const root = named.parentId === undefined ? named : await this.get(actorId, input.roomId, named.parentId);
    return { ...(await this.repository.findPage(this.em, actorId, { roomId: input.roomId, rootId: root.id }, input)), root };
  }
}
