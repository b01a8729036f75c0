import { HandleRpc, HandleRpcBatch, type BatchItem } from '@atrium/bus';
import { AppError, BOT_USER_ID, messages, type Call, type OutputOf, type ParsedInputOf } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { Controller } from '@nestjs/common';
import { namedIn } from './named.ts';
import { SendWriter } from './send-writer.service.ts';
import { Sender } from './sender.ts';

type Receipt = OutputOf<typeof messages.send>;

@Controller()
export class SendsRpc {
  constructor(
    private readonly writer: SendWriter,
    private readonly sender: Sender,
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
    const { message, deduplicated } = await this.sender.send(call.actorId, input, call.deadlineAt);
    return {
      messageId: message.id,
      seq: message.seq,
      createdAt: message.createdAt,
      ...(deduplicated && { deduplicated }),
      ...(input.echo && { message }),
    };
  }
}
