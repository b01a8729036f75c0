import { HandleRpc, requireActor } from '@atrium/bus';
import { bot, type Call, type ParsedInputOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { RunsService } from './runs.service.ts';

@Controller()
export class RunsRpc {
  constructor(private readonly runs: RunsService) {}

  @HandleRpc(bot.run)
  run(input: ParsedInputOf<typeof bot.run>, call: Call) {
    return this.runs.run(requireActor(call), input, call);
  }
}
