import { HandleRpc, requireActor } from '@atrium/bus';
import { accounts, type Call, type ParsedInputOf, type RpcHandlers } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { ResetLinksService } from './reset-links.service.ts';
import { PasswordsService } from './passwords.service.ts';

@Controller()
export class PasswordsRpc implements Pick<RpcHandlers<typeof accounts>, 'changePassword' | 'forgotPassword' | 'resetPassword'> {
  constructor(
    private readonly passwords: PasswordsService,
    private readonly links: ResetLinksService,
  ) {}

  @HandleRpc(accounts.changePassword)
  async changePassword(input: ParsedInputOf<typeof accounts.changePassword>, call: Call) {
    await this.passwords.change(requireActor(call), input, call.sessionId);
    return {};
  }

  @HandleRpc(accounts.forgotPassword)
  async forgotPassword({ usernameOrEmail }: ParsedInputOf<typeof accounts.forgotPassword>) {
    this.links.request(usernameOrEmail);
    return {};
  }

  @HandleRpc(accounts.resetPassword)
  async resetPassword(input: ParsedInputOf<typeof accounts.resetPassword>) {
    await this.passwords.reset(input);
    return {};
  }
}
