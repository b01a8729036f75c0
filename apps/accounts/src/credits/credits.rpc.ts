import { HandleRpc, requireActor } from '@atrium/bus';
import { accounts, type Call, type ParsedInputOf, type RpcHandlers } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { CreditsService } from './credits.service.ts';

type Verbs = 'getCredits' | 'reserveCredits' | 'commitCredits' | 'releaseCredits';

@Controller()
export class CreditsRpc implements Pick<RpcHandlers<typeof accounts>, Verbs> {
  constructor(private readonly credits: CreditsService) {}

  @HandleRpc(accounts.getCredits)
  async getCredits(input: ParsedInputOf<typeof accounts.getCredits>, call: Call) {
    return this.credits.page(requireActor(call), input);
  }

  @HandleRpc(accounts.reserveCredits)
  async reserveCredits(input: ParsedInputOf<typeof accounts.reserveCredits>, call: Call) {
    return { creditsLeft: await this.credits.reserve(requireActor(call), input) };
  }

  @HandleRpc(accounts.commitCredits)
  async commitCredits(input: ParsedInputOf<typeof accounts.commitCredits>, call: Call) {
    return { creditsLeft: await this.credits.commit(requireActor(call), input) };
  }

  @HandleRpc(accounts.releaseCredits)
  async releaseCredits(input: ParsedInputOf<typeof accounts.releaseCredits>, call: Call) {
    return { creditsLeft: await this.credits.release(requireActor(call), input.key) };
  }
}
