import { HandleRpc, requireActor } from '@atrium/bus';
import { messages, type Call, type ParsedInputOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { TurnsService } from './turns.service.ts';

@Controller()
export class TurnsRpc {
  constructor(private readonly service: TurnsService) {}

  @HandleRpc(messages.takeTurn)
  async take(input: ParsedInputOf<typeof messages.takeTurn>, call: Call) {
    await this.service.take(requireActor(call), input);
    return {};
  }

  @HandleRpc(messages.giveTurnBack)
  async giveBack(input: ParsedInputOf<typeof messages.giveTurnBack>, call: Call) {
    await this.service.giveBack(requireActor(call), input);
    return {};
  }
}
