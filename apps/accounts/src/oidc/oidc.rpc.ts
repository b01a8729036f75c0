import { HandleRpc } from '@atrium/bus';
import { accounts, type ParsedInputOf, type RpcHandlers } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { OidcService } from './oidc.service.ts';

@Controller()
export class OidcRpc implements Pick<RpcHandlers<typeof accounts>, 'signInProviders' | 'beginOidc' | 'finishOidc'> {
  constructor(private readonly oidc: OidcService) {}

  @HandleRpc(accounts.signInProviders)
  async signInProviders() {
    return { items: this.oidc.providers() };
  }

  @HandleRpc(accounts.beginOidc)
  async beginOidc(input: ParsedInputOf<typeof accounts.beginOidc>) {
    return this.oidc.begin(input);
  }

  @HandleRpc(accounts.finishOidc)
  async finishOidc(input: ParsedInputOf<typeof accounts.finishOidc>) {
    return this.oidc.finish(input);
  }
}
