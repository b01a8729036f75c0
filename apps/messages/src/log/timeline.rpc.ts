import { HandleRpc, requireActor } from '@atrium/bus';
import { messages, type Call, type ParsedInputOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { TimelineService } from './timeline.service.ts';

@Controller()
export class TimelineRpc {
  constructor(private readonly service: TimelineService) {}

  @HandleRpc(messages.events)
  events(input: ParsedInputOf<typeof messages.events>, call: Call) {
    return this.service.events(requireActor(call), input);
  }

  @HandleRpc(messages.replay)
  replay(input: ParsedInputOf<typeof messages.replay>, call: Call) {
    return this.service.replay(input, call);
  }
}
