import { RpcClient, type CallOptions } from '@atrium/bus';
import { accounts } from '@atrium/contracts';
import { Body, Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { clearRefreshCookie } from './refresh-cookie.ts';

const CloseBody = accounts.closeAccount.input;

@Controller()
export class ClosingHttp {
  constructor(private readonly rpc: RpcClient) {}

  @Endpoint('DELETE /api/me', {
    scope: 'session',
    summary: 'Close the caller’s account for good; what they wrote is kept under another name, or erased',
    codes: accounts.closeAccount.codes,
  })
  async close(
    @Body({ schema: CloseBody }) body: z.output<typeof CloseBody>,
    @Caller() call: CallOptions,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.rpc.call(accounts.closeAccount, body, call);
    clearRefreshCookie(request, reply);
  }
}
