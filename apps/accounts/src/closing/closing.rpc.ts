import { HandleRpc, requireActor } from '@atrium/bus';
import { accounts, type Call, type ParsedInputOf, type RpcHandlers } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { ClosingService } from './closing.service.ts';

@Controller()
export class ClosingRpc implements Pick<RpcHandlers<typeof accounts>, 'closeAccount' | 'openAccounts'> {
  constructor(private readonly closing: ClosingService) {}

  @HandleRpc(accounts.closeAccount)
  async closeAccount(input: ParsedInputOf<typeof accounts.closeAccount>, call: Call) {
    await this.closing.close(requireActor(call), input);
    return {};
  }

  @HandleRpc(accounts.openAccounts)
  async openAccounts({ userIds }: ParsedInputOf<typeof accounts.openAccounts>) {
    return { userIds: await this.closing.open(userIds) };
  }
}
