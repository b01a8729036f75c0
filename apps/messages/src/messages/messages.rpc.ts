import { HandleRpc, requireActor } from '@atrium/bus';
import { messages, type Call, type ParsedInputOf } from '@atrium/contracts';
import { FactFollowers } from '@atrium/database';
import { Controller } from '@nestjs/common';
import { MessagesService } from './messages.service.ts';

@Controller()
export class MessagesRpc {
  constructor(
    private readonly service: MessagesService,
    private readonly followers: FactFollowers,
  ) {}

  @HandleRpc(messages.page)
  page(input: ParsedInputOf<typeof messages.page>, call: Call) {
    return this.service.page(requireActor(call), input);
  }

  @HandleRpc(messages.thread)
  thread(input: ParsedInputOf<typeof messages.thread>, call: Call) {
    return this.service.thread(requireActor(call), input);
  }

  @HandleRpc(messages.settle)
  async settle({ facts }: ParsedInputOf<typeof messages.settle>, { deadlineAt }: Call) {
    return { settled: await this.followers.settle(facts, deadlineAt) };
  }
}
