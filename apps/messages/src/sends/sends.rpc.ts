import { HandleRpc, HandleRpcBatch, type BatchItem } from '@atrium/bus';
import { AppError, BOT_USER_ID, messages, type Call, type OutputOf, type ParsedInputOf } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { Controller } from '@nestjs/common';
import { callsOnline, namedIn, withoutGroups } from './named.ts';
import { OnlineMembers } from './online-members.ts';
import { lengthRefusal, type Send } from './send-decisions.ts';
import { SendWriter } from './send-writer.service.ts';

type Receipt = OutputOf<typeof messages.send>;

@Controller()
export class SendsRpc {
  constructor(
    private readonly writer: SendWriter,
    private readonly online: OnlineMembers,
  ) {}

  @HandleRpcBatch(messages.send)
  send(items: BatchItem<typeof messages.send>[]): Promise<(Receipt | AppError)[]> {
    return Promise.all(items.map((item) => this.sendOne(item).catch((error: unknown) => AppError.from(error))));
  }

  @HandleRpc(messages.postAsBot)
  async postAsBot(
    { mayPing, authorId = BOT_USER_ID, ...input }: ParsedInputOf<typeof messages.postAsBot>,
    call: Call,
  ): Promise<OutputOf<typeof messages.postAsBot>> {
    const body = input.body.replaceAll('\u0000', '').toWellFormed();
    return this.writer.send({
      ...input,
      body,
      id: uuidv7(),
      authorId,
      named: mayPing ? namedIn(body) : [],
      fileIds: [],
      // A bot of somebody's is in the room like anybody else, or it says nothing there.
      ...(authorId === BOT_USER_ID ? { asBot: true } : { asBot: false, byBot: true }),
      deadlineAt: call.deadlineAt,
    });
  }

  private async sendOne({ input, call }: BatchItem<typeof messages.send>): Promise<Receipt> {
    if (call.actorId === undefined) throw new AppError('unauthenticated');
    const tooLong = lengthRefusal(input.body);
    if (tooLong) throw tooLong;
    // PostgreSQL stores UTF-8 only; half a surrogate pair would come back as something else than was sent.
    const body = input.body.toWellFormed();
    const named = input.byBot ? withoutGroups(namedIn(body)) : namedIn(body);
    const send: Send = {
      id: uuidv7(),
      roomId: input.roomId,
      authorId: call.actorId,
      body,
      named,
      ...(callsOnline(named) && { online: await this.online.of(input.roomId) }),
      clientId: input.clientId,
      parentId: input.parentId,
      fileIds: [...new Set(input.fileIds)],
      asBot: false,
      byBot: input.byBot,
      deadlineAt: call.deadlineAt,
    };
    const { message, deduplicated } = await this.writer.send(send);
    return {
      messageId: message.id,
      seq: message.seq,
      createdAt: message.createdAt,
      ...(deduplicated && { deduplicated }),
      ...(input.echo && { message }),
    };
  }
}
