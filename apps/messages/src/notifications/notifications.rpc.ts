import { HandleRpc, requireActor } from '@atrium/bus';
import { messages, type Call, type ParsedInputOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { NotificationsService } from './notifications.service.ts';

@Controller()
export class NotificationsRpc {
  constructor(private readonly service: NotificationsService) {}

  @HandleRpc(messages.notifications)
  list(input: ParsedInputOf<typeof messages.notifications>, call: Call) {
    return this.service.list(requireActor(call), input);
  }

  @HandleRpc(messages.readNotifications)
  read(input: ParsedInputOf<typeof messages.readNotifications>, call: Call) {
    return this.service.read(requireActor(call), input);
  }
}
