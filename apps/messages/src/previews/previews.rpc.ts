import { HandleRpc, requireActor } from '@atrium/bus';
import { messages, type Call, type ParsedInputOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { PreviewsService } from './previews.service.ts';

@Controller()
export class PreviewsRpc {
  constructor(private readonly service: PreviewsService) {}

  @HandleRpc(messages.previewImage)
  image(input: ParsedInputOf<typeof messages.previewImage>, call: Call) {
    return this.service.image(requireActor(call), input);
  }

  @HandleRpc(messages.removePreviews)
  remove(input: ParsedInputOf<typeof messages.removePreviews>, call: Call) {
    return this.service.remove(requireActor(call), input);
  }
}
