import { HandleRpc, requireActor } from '@atrium/bus';
import { messages, type Call, type ParsedInputOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { DraftsService } from './drafts.service.ts';

@Controller()
export class DraftsRpc {
  constructor(private readonly service: DraftsService) {}

  @HandleRpc(messages.drafts)
  async drafts(_input: ParsedInputOf<typeof messages.drafts>, call: Call) {
    return { items: await this.service.list(requireActor(call)) };
  }

  @HandleRpc(messages.keepDraft)
  keepDraft(input: ParsedInputOf<typeof messages.keepDraft>, call: Call) {
    return this.service.keep(requireActor(call), input);
  }
}
