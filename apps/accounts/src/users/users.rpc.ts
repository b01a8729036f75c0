import { HandleRpc, requireActor } from '@atrium/bus';
import { accounts, type Call, type ParsedInputOf, type RpcHandlers } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { OwnProfileService } from './own-profile.service.ts';
import { UsersService } from './users.service.ts';

@Controller()
export class UsersRpc implements Pick<RpcHandlers<typeof accounts>, 'getMe' | 'updateMe' | 'findUsers' | 'getUsers'> {
  constructor(
    private readonly users: UsersService,
    private readonly profile: OwnProfileService,
  ) {}

  @HandleRpc(accounts.getMe)
  async getMe(_input: ParsedInputOf<typeof accounts.getMe>, call: Call) {
    return this.users.getMe(requireActor(call));
  }

  @HandleRpc(accounts.updateMe)
  async updateMe(input: ParsedInputOf<typeof accounts.updateMe>, call: Call) {
    return this.profile.update(requireActor(call), input);
  }

  @HandleRpc(accounts.findUsers)
  async findUsers(input: ParsedInputOf<typeof accounts.findUsers>, call: Call) {
    requireActor(call);
    return this.users.find(input);
  }

  /** Services ask on their own behalf too: a room shows its members to whoever may see the room. */
  @HandleRpc(accounts.getUsers)
  async getUsers(input: ParsedInputOf<typeof accounts.getUsers>) {
    return { items: await this.users.getMany(input.userIds) };
  }
}
