import { HandleRpc, requireActor } from '@atrium/bus';
import { messages, type Call, type ParsedInputOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { ScheduledService } from './scheduled.service.ts';

@Controller()
export class ScheduledRpc {
  constructor(private readonly service: ScheduledService) {}

  @HandleRpc(messages.schedule)
  schedule(input: ParsedInputOf<typeof messages.schedule>, call: Call) {
    return this.service.schedule(requireActor(call), input);
  }

  @HandleRpc(messages.scheduled)
  scheduled(input: ParsedInputOf<typeof messages.scheduled>, call: Call) {
    return this.service.list(requireActor(call), input);
  }

  @HandleRpc(messages.reschedule)
  reschedule(input: ParsedInputOf<typeof messages.reschedule>, call: Call) {
    return this.service.change(requireActor(call), input);
  }

  @HandleRpc(messages.unschedule)
  unschedule({ id }: ParsedInputOf<typeof messages.unschedule>, call: Call) {
    return this.service.cancel(requireActor(call), id);
  }

  @HandleRpc(messages.sendScheduled)
  sendScheduled({ id }: ParsedInputOf<typeof messages.sendScheduled>, call: Call) {
    return this.service.sendNow(requireActor(call), id, call.deadlineAt);
  }
}
