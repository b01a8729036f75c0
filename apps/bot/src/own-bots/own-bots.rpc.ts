import { HandleRpc, requireActor } from '@atrium/bus';
import { bot, type Call, type ParsedInputOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { InteractionsService } from './interactions.service.ts';
import { RegistrationsService } from './registrations.service.ts';

@Controller()
export class OwnBotsRpc {
  constructor(
    private readonly registrations: RegistrationsService,
    private readonly interactions: InteractionsService,
  ) {}

  @HandleRpc(bot.registerCommands)
  registerCommands(input: ParsedInputOf<typeof bot.registerCommands>, call: Call) {
    return this.registrations.register(input, call);
  }

  @HandleRpc(bot.registrations)
  registrationsOf(input: ParsedInputOf<typeof bot.registrations>) {
    return this.registrations.of(input);
  }

  @HandleRpc(bot.takeInteraction)
  async takeInteraction({ interactionId }: ParsedInputOf<typeof bot.takeInteraction>) {
    return { interaction: await this.interactions.take(interactionId) };
  }

  @HandleRpc(bot.releaseInteraction)
  async releaseInteraction({ interactionId }: ParsedInputOf<typeof bot.releaseInteraction>) {
    await this.interactions.release(interactionId);
    return {};
  }

  @HandleRpc(bot.answerInteraction)
  answerInteraction({ interactionId, answer }: ParsedInputOf<typeof bot.answerInteraction>, call: Call) {
    return this.interactions.answer(requireActor(call), interactionId, answer);
  }
}
