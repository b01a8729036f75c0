import { HandleRpc, requireActor } from '@atrium/bus';
import { accounts, type Call, type ParsedInputOf, type RpcHandlers } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { AvatarsService } from './avatars.service.ts';

@Controller()
export class AvatarsRpc implements Pick<RpcHandlers<typeof accounts>, 'setAvatar' | 'getAvatar'> {
  constructor(private readonly avatars: AvatarsService) {}

  @HandleRpc(accounts.setAvatar)
  async setAvatar({ webp }: ParsedInputOf<typeof accounts.setAvatar>, call: Call) {
    return this.avatars.set(requireActor(call), webp);
  }

  @HandleRpc(accounts.getAvatar)
  async getAvatar({ avatarId }: ParsedInputOf<typeof accounts.getAvatar>) {
    return { webp: await this.avatars.get(avatarId) };
  }
}
