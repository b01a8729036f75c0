import { HandleRpc, requireActor } from '@atrium/bus';
import { messages, type Call, type ParsedInputOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { FollowsService } from './follows.service.ts';
import { ThreadsService } from './threads.service.ts';

@Controller()
export class ThreadsRpc {
  constructor(
    private readonly service: ThreadsService,
    private readonly follows: FollowsService,
  ) {}

  @HandleRpc(messages.threads)
  threads(input: ParsedInputOf<typeof messages.threads>, call: Call) {
    return this.service.list(requireActor(call), input);
  }

  @HandleRpc(messages.myThreads)
  myThreads(input: ParsedInputOf<typeof messages.myThreads>, call: Call) {
    return this.service.listMine(requireActor(call), input);
  }

  @HandleRpc(messages.following)
  following(input: ParsedInputOf<typeof messages.following>, call: Call) {
    return this.follows.isFollowing(requireActor(call), input);
  }

  @HandleRpc(messages.follow)
  follow(input: ParsedInputOf<typeof messages.follow>, call: Call) {
    return this.follows.follow(requireActor(call), input);
  }
}
