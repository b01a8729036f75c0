import { HandleRpc, requireActor } from '@atrium/bus';
import { bot, type Call, type ParsedInputOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { PollsService } from './polls.service.ts';

@Controller()
export class PollsRpc {
  constructor(private readonly service: PollsService) {}

  @HandleRpc(bot.polls)
  async polls(input: ParsedInputOf<typeof bot.polls>, call: Call) {
    return { items: await this.service.find(requireActor(call), input, call) };
  }

  @HandleRpc(bot.vote)
  vote(input: ParsedInputOf<typeof bot.vote>, call: Call) {
    return this.service.vote(requireActor(call), input, call);
  }

  @HandleRpc(bot.closePoll)
  closePoll(input: ParsedInputOf<typeof bot.closePoll>, call: Call) {
    return this.service.close(requireActor(call), input, call);
  }
}
