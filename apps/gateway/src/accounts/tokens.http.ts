import { RpcClient, type CallOptions } from '@atrium/bus';
import { AccessToken, accounts } from '@atrium/contracts';
import { Body, Controller } from '@nestjs/common';
import { z } from 'zod';
import { SessionChecks } from '../auth/session-checks.ts';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { TokenId } from '../http/ids.ts';

const TokenBody = accounts.createToken.input;

@Controller()
export class TokensHttp {
  constructor(
    private readonly rpc: RpcClient,
    private readonly sessions: SessionChecks,
  ) {}

  @Endpoint('GET /api/me/tokens', {
    scope: 'session',
    summary: 'The caller’s personal access tokens, newest first',
    reply: z.object({ items: z.array(AccessToken) }),
  })
  list(@Caller() call: CallOptions) {
    return this.rpc.call(accounts.listTokens, {}, call);
  }

  @Endpoint('POST /api/me/tokens', {
    scope: 'session',
    summary: 'Make a personal access token; the reply alone has it',
    reply: accounts.createToken.output,
    status: 201,
    codes: accounts.createToken.codes,
  })
  create(@Body({ schema: TokenBody }) body: z.output<typeof TokenBody>, @Caller() call: CallOptions) {
    return this.rpc.call(accounts.createToken, body, call);
  }

  @Endpoint('DELETE /api/me/tokens/:tokenId', {
    scope: 'session',
    summary: 'Revoke a personal access token; its sockets close',
    codes: accounts.revokeToken.codes,
  })
  async revoke(@TokenId() tokenId: string, @Caller() call: CallOptions): Promise<void> {
    await this.rpc.call(accounts.revokeToken, { tokenId }, call);
    this.sessions.markEnded(tokenId);
  }
}
