import { HandleRpc, requireActor } from '@atrium/bus';
import { messages, type Call, type ParsedInputOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { ReactionsService } from './reactions.service.ts';

@Controller()
export class ReactionsRpc {
  constructor(private readonly service: ReactionsService) {}

  @HandleRpc(messages.react)
  react(input: ParsedInputOf<typeof messages.react>, call: Call) {
    return this.service.react(requireActor(call), input);
  }

  @HandleRpc(messages.unreact)
  unreact(input: ParsedInputOf<typeof messages.unreact>, call: Call) {
    return this.service.unreact(requireActor(call), input);
  }

  @HandleRpc(messages.reactions)
  reactions(input: ParsedInputOf<typeof messages.reactions>, call: Call) {
    return this.service.list(requireActor(call), input);
  }
}
