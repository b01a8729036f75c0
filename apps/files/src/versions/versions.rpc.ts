import { HandleRpc, requireActor } from '@atrium/bus';
import { files, type Call, type ParsedInputOf, type RpcHandlers, type versionRpcs } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { VersionsService } from './versions.service.ts';

@Controller()
export class VersionsRpc implements Pick<RpcHandlers<typeof files>, keyof typeof versionRpcs> {
  constructor(private readonly service: VersionsService) {}

  @HandleRpc(files.versions)
  versions(input: ParsedInputOf<typeof files.versions>, call: Call) {
    return this.service.list(requireActor(call), input, call);
  }
}
