import { HandleRpc, requireActor } from '@atrium/bus';
import { files, type Call, type ParsedInputOf, type RpcHandlers, type ownFileRpcs } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { OwnFiles } from './own-files.service.ts';

/** What people ask of files about themselves. */
@Controller()
export class OwnFilesRpc implements Pick<RpcHandlers<typeof files>, keyof typeof ownFileRpcs> {
  constructor(private readonly own: OwnFiles) {}

  @HandleRpc(files.uploaded)
  uploaded(input: ParsedInputOf<typeof files.uploaded>, call: Call) {
    return this.own.uploaded(requireActor(call), input);
  }

  @HandleRpc(files.asked)
  asked(input: ParsedInputOf<typeof files.asked>, call: Call) {
    return this.own.asked(requireActor(call), input);
  }
}
