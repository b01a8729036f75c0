import { HandleRpc, requireActor } from '@atrium/bus';
import { accounts, type Call, type ParsedInputOf, type RpcHandlers } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { TokensService } from './tokens.service.ts';

@Controller()
export class TokensRpc implements Pick<RpcHandlers<typeof accounts>, 'listTokens' | 'createToken' | 'revokeToken' | 'checkToken'> {
  constructor(private readonly tokens: TokensService) {}

  @HandleRpc(accounts.listTokens)
  async listTokens(_input: ParsedInputOf<typeof accounts.listTokens>, call: Call) {
    return { items: await this.tokens.list(requireActor(call)) };
  }

  @HandleRpc(accounts.createToken)
  async createToken(input: ParsedInputOf<typeof accounts.createToken>, call: Call) {
    return this.tokens.create({ ...call, actorId: requireActor(call) }, input);
  }

  @HandleRpc(accounts.revokeToken)
  async revokeToken({ tokenId }: ParsedInputOf<typeof accounts.revokeToken>, call: Call) {
    await this.tokens.revoke(requireActor(call), tokenId);
    return {};
  }

  @HandleRpc(accounts.checkToken)
  async checkToken({ tokenHash }: ParsedInputOf<typeof accounts.checkToken>) {
    return this.tokens.check(tokenHash);
  }
}
