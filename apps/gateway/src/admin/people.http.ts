import { RpcClient, type CallOptions } from '@atrium/bus';
import { AdminUser, accounts } from '@atrium/contracts';
import { Body, Controller, Query } from '@nestjs/common';
import { z } from 'zod';
import { Caller, IdempotencyKey } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { PersonId } from '../http/ids.ts';

const UsersQuery = accounts.adminUsers.input;
const UserBody = accounts.adminUpdateUser.input.omit({ userId: true });
const CreditsBody = accounts.adminGrantCredits.input.omit({ userId: true, idempotencyKey: true });
const ReasonBody = accounts.adminSignOut.input.omit({ userId: true });
const CreditsQuery = accounts.adminCredits.input;

/** What admins do with people. */
@Controller()
export class AdminPeopleHttp {
  constructor(private readonly rpc: RpcClient) {}

  @Endpoint('GET /api/admin/users', {
    scope: 'admin',
    summary: 'Accounts, newest first, by name, e-mail, role and state; admins only',
    reply: accounts.adminUsers.output,
    codes: accounts.adminUsers.codes,
  })
  list(@Query({ schema: UsersQuery }) query: z.output<typeof UsersQuery>, @Caller() call: CallOptions) {
    return this.rpc.call(accounts.adminUsers, query, call);
  }

  @Endpoint('GET /api/admin/users/:userId', {
    scope: 'admin',
    summary: 'One account; admins only',
    reply: AdminUser,
    codes: accounts.adminUser.codes,
  })
  get(@PersonId() userId: string, @Caller() call: CallOptions) {
    return this.rpc.call(accounts.adminUser, { userId }, call);
  }

  @Endpoint('PATCH /api/admin/users/:userId', {
    scope: 'admin',
    summary: 'Change a role, or disable or restore an account; admins only. Disabling ends every session and passes host roles on',
    reply: AdminUser,
    codes: accounts.adminUpdateUser.codes,
  })
  update(@PersonId() userId: string, @Body({ schema: UserBody }) body: z.output<typeof UserBody>, @Caller() call: CallOptions) {
    return this.rpc.call(accounts.adminUpdateUser, { ...body, userId }, call);
  }

  @Endpoint('POST /api/admin/users/:userId/credits', {
    scope: 'admin',
    summary: 'Grant credits; admins only',
    reply: AdminUser,
    idempotencyKey: true,
    codes: accounts.adminGrantCredits.codes,
  })
  grant(
    @PersonId() userId: string,
    @Body({ schema: CreditsBody }) body: z.output<typeof CreditsBody>,
    @IdempotencyKey() idempotencyKey: string | undefined,
    @Caller() call: CallOptions,
  ) {
    return this.rpc.call(accounts.adminGrantCredits, { ...body, userId, idempotencyKey }, call);
  }

  @Endpoint('POST /api/admin/users/:userId/sign-out', {
    scope: 'admin',
    summary: 'End every session and every access token of a person; admins only',
    codes: accounts.adminSignOut.codes,
  })
  async signOut(
    @PersonId() userId: string,
    @Body({ schema: ReasonBody }) body: z.output<typeof ReasonBody>,
    @Caller() call: CallOptions,
  ): Promise<void> {
    await this.rpc.call(accounts.adminSignOut, { ...body, userId }, call);
  }

  @Endpoint('GET /api/admin/credits', {
    scope: 'admin',
    summary: 'The ledger of credits, newest first, of everybody or of one person; admins only',
    reply: accounts.adminCredits.output,
    codes: accounts.adminCredits.codes,
  })
  credits(@Query({ schema: CreditsQuery }) query: z.output<typeof CreditsQuery>, @Caller() call: CallOptions) {
    return this.rpc.call(accounts.adminCredits, query, call);
  }
}
