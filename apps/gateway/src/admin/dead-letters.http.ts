import { RpcClient, type CallOptions } from '@atrium/bus';
import { AdminReason, accounts } from '@atrium/contracts';
import { Body, Controller, Query } from '@nestjs/common';
import { z } from 'zod';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { DeadLetterId } from '../http/ids.ts';
import { ReasonAnywhere, requireReason } from './reason.ts';

const LettersQuery = accounts.adminDeadLetters.input;
const ReasonBody = z.object({ reason: AdminReason });

/** What admins do with events that a consumer gave up. */
@Controller()
export class AdminDeadLettersHttp {
  constructor(private readonly rpc: RpcClient) {}

  @Endpoint('GET /api/admin/dead-letters', {
    scope: 'admin',
    summary: 'Events that their consumer gave up after its tries, newest first, and how many there are; admins only',
    reply: accounts.adminDeadLetters.output,
    codes: accounts.adminDeadLetters.codes,
  })
  list(@Query({ schema: LettersQuery }) query: z.output<typeof LettersQuery>, @Caller() call: CallOptions) {
    return this.rpc.call(accounts.adminDeadLetters, query, call);
  }

  @Endpoint('GET /api/admin/dead-letters/:letterId', {
    scope: 'admin',
    summary: 'One of them with what the event said, apart from the words of people; admins only',
    reply: accounts.adminDeadLetter.output,
    codes: accounts.adminDeadLetter.codes,
  })
  show(@DeadLetterId() letterId: string, @Caller() call: CallOptions) {
    return this.rpc.call(accounts.adminDeadLetter, { letterId }, call);
  }

  @Endpoint('POST /api/admin/dead-letters/:letterId/redeliver', {
    scope: 'admin',
    summary: 'Hand it to its consumer again; it is gone once it was handled, and stays with the new error otherwise; admins only',
    codes: accounts.adminRedeliver.codes,
  })
  async redeliver(
    @DeadLetterId() letterId: string,
    @Body({ schema: ReasonBody }) { reason }: z.output<typeof ReasonBody>,
    @Caller() call: CallOptions,
  ): Promise<void> {
    await this.rpc.call(accounts.adminRedeliver, { letterId, reason }, call);
  }

  @Endpoint('DELETE /api/admin/dead-letters/:letterId', {
    scope: 'admin',
    summary: 'Give it up for good, with a reason in the body or the query; admins only',
    codes: accounts.adminDiscardDeadLetter.codes,
  })
  async discard(
    @DeadLetterId() letterId: string,
    @Query({ schema: ReasonAnywhere }) query: z.output<typeof ReasonAnywhere>,
    @Body({ schema: ReasonAnywhere }) body: z.output<typeof ReasonAnywhere>,
    @Caller() call: CallOptions,
  ): Promise<void> {
    await this.rpc.call(accounts.adminDiscardDeadLetter, { letterId, reason: requireReason(body, query) }, call);
  }
}
