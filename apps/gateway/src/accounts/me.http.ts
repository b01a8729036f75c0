import { RpcClient, type CallOptions } from '@atrium/bus';
import { DirectoryUser, Session, User, accounts, listOf } from '@atrium/contracts';
import { Body, Controller, Query } from '@nestjs/common';
import { z } from 'zod';
import { SessionChecks } from '../auth/session-checks.ts';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { SessionId } from '../http/ids.ts';

const ProfileBody = accounts.updateMe.input;
const CreditsQuery = accounts.getCredits.input;
/** `ids` asks for people a client met in messages and does not know yet; those who do not exist are left out. */
const UsersQuery = accounts.findUsers.input.extend({
  ids: z
    .string()
    .transform((value) => value.split(','))
    .pipe(z.array(z.uuid()).max(100, { error: 'must name at most 100 people' }))
    .optional(),
});

@Controller()
export class MeHttp {
  constructor(
    private readonly rpc: RpcClient,
    private readonly sessions: SessionChecks,
  ) {}

  @Endpoint('GET /api/auth/sessions', {
    scope: 'session',
    summary: 'Where the caller is signed in',
    reply: z.object({ items: z.array(Session) }),
  })
  listSessions(@Caller() call: CallOptions) {
    return this.rpc.call(accounts.listSessions, {}, call);
  }

  @Endpoint('DELETE /api/auth/sessions/:sessionId', {
    scope: 'session',
    summary: 'End one of the caller’s sessions',
    codes: accounts.endSession.codes,
  })
  async endSession(@SessionId() sessionId: string, @Caller() call: CallOptions): Promise<void> {
    await this.rpc.call(accounts.endSession, { sessionId }, call);
    this.sessions.markEnded(sessionId);
  }

  @Endpoint('GET /api/me', { scope: 'any', summary: 'The caller’s own account', reply: User })
  get(@Caller() call: CallOptions) {
    return this.rpc.call(accounts.getMe, {}, call);
  }

  @Endpoint('PATCH /api/me', { scope: 'session', summary: 'Change the caller’s profile', reply: User, codes: accounts.updateMe.codes })
  update(@Body({ schema: ProfileBody }) body: z.output<typeof ProfileBody>, @Caller() call: CallOptions) {
    return this.rpc.call(accounts.updateMe, body, call);
  }

  @Endpoint('GET /api/me/credits', { scope: 'any', summary: 'The caller’s credits and what moved them', reply: accounts.getCredits.output })
  credits(@Query({ schema: CreditsQuery }) query: z.output<typeof CreditsQuery>, @Caller() call: CallOptions) {
    return this.rpc.call(accounts.getCredits, query, call);
  }

  @Endpoint('GET /api/users', { scope: 'rooms:read', summary: 'The directory of people', reply: listOf(DirectoryUser) })
  async findUsers(@Query({ schema: UsersQuery }) { ids, ...query }: z.output<typeof UsersQuery>, @Caller() call: CallOptions) {
    if (ids === undefined) return this.rpc.call(accounts.findUsers, query, call);
    const { items } = await this.rpc.call(accounts.getUsers, { userIds: ids }, call);
    return { items, nextCursor: null };
  }
}
