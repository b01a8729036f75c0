import { RpcClient, type CallOptions } from '@atrium/bus';
import { AppError, Id, Poll, bot } from '@atrium/contracts';
import { Body, Controller, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { PollId, RoomId } from '../http/ids.ts';
import { pollTable } from './poll-table.ts';

const PollsQuery = z.object({
  /** Ids, parted by commas. */
  ids: z
    .string()
    .transform((ids) => ids.split(','))
    .pipe(z.array(Id).min(1).max(100)),
});
const VoteBody = bot.vote.input.pick({ options: true });

@Controller()
export class PollsHttp {
  constructor(private readonly rpc: RpcClient) {}

  @Endpoint('GET /api/rooms/:roomId/polls', {
    scope: 'messages:read',
    summary: 'Polls of a room by their ids, as they stand now',
    reply: bot.polls.output,
    codes: bot.polls.codes,
  })
  list(@RoomId() roomId: string, @Query({ schema: PollsQuery }) { ids }: z.output<typeof PollsQuery>, @Caller() call: CallOptions) {
    return this.rpc.call(bot.polls, { roomId, pollIds: ids }, call);
  }

  @Endpoint('PUT /api/rooms/:roomId/polls/:pollId/vote', {
    scope: 'messages:write',
    summary: 'Choose in a poll; no options take the choice back',
    reply: Poll,
    codes: bot.vote.codes,
  })
  vote(
    @RoomId() roomId: string,
    @PollId() pollId: string,
    @Body({ schema: VoteBody }) { options }: z.output<typeof VoteBody>,
    @Caller() call: CallOptions,
  ) {
    return this.rpc.call(bot.vote, { roomId, pollId, options }, call);
  }

  @Endpoint('POST /api/rooms/:roomId/polls/:pollId/close', {
    scope: 'messages:write',
    summary: 'End a poll; its author and moderators',
    reply: Poll,
    codes: bot.closePoll.codes,
  })
  close(@RoomId() roomId: string, @PollId() pollId: string, @Caller() call: CallOptions) {
    return this.rpc.call(bot.closePoll, { roomId, pollId }, call);
  }

  @Endpoint('GET /api/rooms/:roomId/polls/:pollId/export', {
    scope: 'messages:read',
    summary: 'The results of a poll as a table (CSV)',
    produces: 'text/csv; charset=utf-8',
    codes: [...bot.polls.codes, 'poll_not_found'],
  })
  async export(
    @RoomId() roomId: string,
    @PollId() pollId: string,
    @Caller() call: CallOptions,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { items } = await this.rpc.call(bot.polls, { roomId, pollIds: [pollId] }, call);
    const [poll] = items;
    if (!poll) throw new AppError('poll_not_found');
    void reply.headers({ 'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment; filename="poll.csv"' });
    return pollTable(poll);
  }
}
