import { HandleRpc, requireActor } from '@atrium/bus';
import { bot, type Call, type ParsedInputOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { RunsService } from './runs.service.ts';
import { Languages } from '../words/languages.ts';

@Controller()
export class RunsRpc {
  constructor(
    private readonly runs: RunsService,
    private readonly languages: Languages,
  ) {}

  @HandleRpc(bot.run)
  run(input: ParsedInputOf<typeof bot.run>, call: Call) {
    const userId = requireActor(call);
    return this.languages.speakTo(userId, call, () => this.runs.run(userId, input, call));
  }
}
