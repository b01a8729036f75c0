import { HandleRpc, requireActor } from '@atrium/bus';
import { bot, type Call, type ParsedInputOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { RemindersService } from './reminders.service.ts';

@Controller()
export class RemindersRpc {
  constructor(private readonly service: RemindersService) {}

  @HandleRpc(bot.reminders)
  async reminders({ roomId }: ParsedInputOf<typeof bot.reminders>, call: Call) {
    return { items: await this.service.find(requireActor(call), roomId, call) };
  }

  @HandleRpc(bot.cancelReminder)
  async cancelReminder(input: ParsedInputOf<typeof bot.cancelReminder>, call: Call) {
    await this.service.cancel(requireActor(call), input, call);
    return {};
  }
}
