import { HandleRpc, requireActor, requireAdmin } from '@atrium/bus';
import { files, type Call, type ParsedInputOf, type RpcHandlers, type storageRpcs } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { StorageService } from './storage.service.ts';

@Controller()
export class StorageRpc implements Pick<RpcHandlers<typeof files>, keyof typeof storageRpcs> {
  constructor(private readonly service: StorageService) {}

  @HandleRpc(files.storage)
  storage({ roomId }: ParsedInputOf<typeof files.storage>, call: Call) {
    return this.service.ofRoom(requireActor(call), roomId, call);
  }

  @HandleRpc(files.adminStorage)
  async adminStorage(input: ParsedInputOf<typeof files.adminStorage>, call: Call) {
    requireAdmin(call);
    return this.service.list(input);
  }
}
