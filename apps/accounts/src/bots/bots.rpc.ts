import { HandleRpc, requireActor } from '@atrium/bus';
import { accounts, type Call, type ParsedInputOf, type RpcHandlers } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { BotsService } from './bots.service.ts';

type Answered = Pick<
  typeof accounts,
  'bots' | 'bot' | 'createBot' | 'updateBot' | 'setBotAvatar' | 'removeBot' | 'createBotToken' | 'revokeBotToken'
>;

@Controller()
export class BotsRpc implements RpcHandlers<Answered> {
  constructor(private readonly service: BotsService) {}

  @HandleRpc(accounts.bots)
  async bots(_input: ParsedInputOf<typeof accounts.bots>, call: Call) {
    return { items: await this.service.list(requireActor(call)) };
  }

  @HandleRpc(accounts.bot)
  bot({ botId }: ParsedInputOf<typeof accounts.bot>, call: Call) {
    return this.service.get(requireActor(call), botId);
  }

  @HandleRpc(accounts.createBot)
  createBot(input: ParsedInputOf<typeof accounts.createBot>, call: Call) {
    return this.service.create(requireActor(call), input);
  }

  @HandleRpc(accounts.updateBot)
  updateBot(input: ParsedInputOf<typeof accounts.updateBot>, call: Call) {
    return this.service.update(requireActor(call), input);
  }

  @HandleRpc(accounts.setBotAvatar)
  setBotAvatar(input: ParsedInputOf<typeof accounts.setBotAvatar>, call: Call) {
    return this.service.setAvatar(requireActor(call), input);
  }

  @HandleRpc(accounts.removeBot)
  async removeBot({ botId }: ParsedInputOf<typeof accounts.removeBot>, call: Call) {
    await this.service.remove(requireActor(call), botId);
    return {};
  }

  @HandleRpc(accounts.createBotToken)
  createBotToken(input: ParsedInputOf<typeof accounts.createBotToken>, call: Call) {
    return this.service.createToken(requireActor(call), input);
  }

  @HandleRpc(accounts.revokeBotToken)
  async revokeBotToken(input: ParsedInputOf<typeof accounts.revokeBotToken>, call: Call) {
    await this.service.revokeToken(requireActor(call), input);
    return {};
  }
}
