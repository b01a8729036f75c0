import { HandleRpc, requireActor } from '@atrium/bus';
import { bot, type Call, type ParsedInputOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { RemindersService } from './reminders.service.ts';
import { Languages } from '../words/languages.ts';

@Controller()
export class RemindersRpc {
  constructor(
    private readonly service: RemindersService,
    private readonly languages: Languages,
  ) {}

  @HandleRpc(bot.reminders)
  async reminders({ roomId }: ParsedInputOf<typeof bot.reminders>, call: Call) {
    const userId = requireActor(call);
    return { items: await this.languages.speakTo(userId, call, () => this.service.find(userId, roomId, call)) };
  }

  @HandleRpc(bot.cancelReminder)
  async cancelReminder(input: ParsedInputOf<typeof bot.cancelReminder>, call: Call) {
    await this.service.cancel(requireActor(call), input, call);
    return {};
  }
}
