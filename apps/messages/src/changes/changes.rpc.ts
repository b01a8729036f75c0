import { HandleRpc, requireActor } from '@atrium/bus';
import { messages, type Call, type ParsedInputOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { DeletionsService } from './deletions.service.ts';
import { EditsService } from './edits.service.ts';

@Controller()
export class ChangesRpc {
  constructor(
    private readonly edits: EditsService,
    private readonly deletions: DeletionsService,
  ) {}

  @HandleRpc(messages.edit)
  edit(input: ParsedInputOf<typeof messages.edit>, call: Call) {
    return this.edits.edit(requireActor(call), input);
  }

  @HandleRpc(messages.versions)
  versions(input: ParsedInputOf<typeof messages.versions>, call: Call) {
    return this.edits.versions(requireActor(call), input);
  }

  @HandleRpc(messages.remove)
  remove(input: ParsedInputOf<typeof messages.remove>, call: Call) {
    return this.deletions.remove(requireActor(call), input);
  }
}
