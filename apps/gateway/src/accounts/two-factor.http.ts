import { RpcClient, type CallOptions } from '@atrium/bus';
import { TwoFactor, TwoFactorSetUp, accounts } from '@atrium/contracts';
import { Body, Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { readDeviceCookie } from './device-cookie.ts';
import { GrantReply, deliver, originOf, transport } from './grant-reply.ts';

const SetUpBody = accounts.setUpTwoFactor.input;
const TurnOffBody = accounts.turnOffTwoFactor.input;
const CompleteBody = accounts.completeLogIn.input.omit({ origin: true }).extend(transport);

@Controller()
export class TwoFactorHttp {
  constructor(private readonly rpc: RpcClient) {}

  @Endpoint('GET /api/me/two-factor', { scope: 'session', summary: 'Whether the caller has a second factor', reply: TwoFactor })
  get(@Caller() call: CallOptions) {
    return this.rpc.call(accounts.twoFactor, {}, call);
  }

  @Endpoint('POST /api/me/two-factor', {
    scope: 'session',
    summary: 'Without a code: begin, and get the secret. With a code of it: turn it on, and get ten recovery codes',
    reply: TwoFactorSetUp,
    codes: accounts.setUpTwoFactor.codes,
  })
  setUp(@Body({ schema: SetUpBody }) body: z.output<typeof SetUpBody>, @Caller() call: CallOptions) {
    return this.rpc.call(accounts.setUpTwoFactor, body, call);
  }

  @Endpoint('DELETE /api/me/two-factor', {
    scope: 'session',
    summary: 'Turn the second factor off, with a code or the password',
    codes: accounts.turnOffTwoFactor.codes,
  })
  async turnOff(@Body({ schema: TurnOffBody }) body: z.output<typeof TurnOffBody>, @Caller() call: CallOptions): Promise<void> {
    await this.rpc.call(accounts.turnOffTwoFactor, body, call);
  }

  @Endpoint('POST /api/auth/two-factor', {
    summary: 'Finish a sign-in that was refused with two_factor_required',
    reply: GrantReply,
    public: true,
    bodyKiB: 4,
    codes: accounts.completeLogIn.codes,
  })
  async complete(
    @Body({ schema: CompleteBody }) { tokenTransport, ...input }: z.output<typeof CompleteBody>,
    @Caller() call: CallOptions,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GrantReply> {
    const deviceToken = input.deviceToken ?? readDeviceCookie(request);
    const grant = await this.rpc.call(accounts.completeLogIn, { ...input, deviceToken, origin: originOf(request) }, call);
    return deliver(grant, tokenTransport, request, reply);
  }
}
