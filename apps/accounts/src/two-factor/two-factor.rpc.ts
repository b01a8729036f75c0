import { HandleRpc, requireActor } from '@atrium/bus';
import { accounts, type Call, type ParsedInputOf, type RpcHandlers } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { SignInService } from '../sessions/sign-in.service.ts';
import { TwoFactorService } from './two-factor.service.ts';

type Verbs = 'twoFactor' | 'setUpTwoFactor' | 'turnOffTwoFactor' | 'completeLogIn';

@Controller()
export class TwoFactorRpc implements Pick<RpcHandlers<typeof accounts>, Verbs> {
  constructor(
    private readonly factors: TwoFactorService,
    private readonly signIn: SignInService,
  ) {}

  @HandleRpc(accounts.twoFactor)
  async twoFactor(_input: ParsedInputOf<typeof accounts.twoFactor>, call: Call) {
    return this.factors.get(requireActor(call));
  }

  @HandleRpc(accounts.setUpTwoFactor)
  async setUpTwoFactor({ code }: ParsedInputOf<typeof accounts.setUpTwoFactor>, call: Call) {
    return this.factors.setUp(requireActor(call), code);
  }

  @HandleRpc(accounts.turnOffTwoFactor)
  async turnOffTwoFactor(input: ParsedInputOf<typeof accounts.turnOffTwoFactor>, call: Call) {
    await this.factors.turnOff(requireActor(call), input);
    return {};
  }

  @HandleRpc(accounts.completeLogIn)
  async completeLogIn(input: ParsedInputOf<typeof accounts.completeLogIn>) {
    return this.signIn.complete(input);
  }
}
