import { HandleRpc, requireActor } from '@atrium/bus';
import { files, type Call, type ParsedInputOf, type RpcHandlers, type previewRpcs } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { PreviewsService } from './previews.service.ts';

@Controller()
export class PreviewsRpc implements Pick<RpcHandlers<typeof files>, keyof typeof previewRpcs> {
  constructor(private readonly previews: PreviewsService) {}

  @HandleRpc(files.excerpt)
  excerpt(input: ParsedInputOf<typeof files.excerpt>, call: Call) {
    return this.previews.excerpt(requireActor(call), input, call);
  }

  @HandleRpc(files.preview)
  preview(input: ParsedInputOf<typeof files.preview>, call: Call) {
    return this.previews.find(requireActor(call), input, call);
  }
}
