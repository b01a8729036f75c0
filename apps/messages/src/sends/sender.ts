import type { MessageDraft } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { messageId } from './message-id.ts';
import { callsOnline, namedIn, withoutGroups } from './named.ts';
import { OnlineMembers } from './online-members.ts';
import { lengthRefusal, type Send } from './send-decisions.ts';
import { SendWriter, type SendOutcome } from './send-writer.service.ts';

/** What a person sends, by whichever door it came. */
@Injectable()
export class Sender {
  constructor(
    private readonly writer: SendWriter,
    private readonly online: OnlineMembers,
  ) {}

  /** @throws AppError the refusal, or `service_unavailable` to be retried */
  async send(authorId: string, input: MessageDraft & { roomId: string; byBot?: boolean }, deadlineAt: number): Promise<SendOutcome> {
    const tooLong = lengthRefusal(input.body);
    if (tooLong) throw tooLong;
    // PostgreSQL stores UTF-8 only; half a surrogate pair would come back as something else than was sent.
    const body = input.body.toWellFormed();
    const named = input.byBot ? withoutGroups(namedIn(body)) : namedIn(body);
    const send: Send = {
      id: messageId(),
      roomId: input.roomId,
      authorId,
      body,
      named,
      ...(callsOnline(named) && { online: await this.online.of(input.roomId) }),
      clientId: input.clientId,
      parentId: input.parentId,
      alsoInRoom: input.alsoInRoom,
      fileIds: [...new Set(input.fileIds)],
      asBot: false,
      ...(input.byBot !== undefined && { byBot: input.byBot }),
      deadlineAt,
    };
    return this.writer.send(send);
  }
}
