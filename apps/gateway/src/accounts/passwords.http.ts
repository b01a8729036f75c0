import { RpcClient, type CallOptions } from '@atrium/bus';
import { accounts } from '@atrium/contracts';
import { Body, Controller } from '@nestjs/common';
import { z } from 'zod';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';

const ChangeBody = accounts.changePassword.input;
const ForgotBody = accounts.forgotPassword.input;
const ResetBody = accounts.resetPassword.input;
/** What anybody may send. */
const PUBLIC_BODY_KIB = 4;
const Accepted = z.object({});

@Controller()
export class PasswordsHttp {
  constructor(private readonly rpc: RpcClient) {}

  @Endpoint('POST /api/me/password', {
    scope: 'session',
    summary: 'Change the caller’s password; ends every other session',
    codes: accounts.changePassword.codes,
  })
  async change(@Body({ schema: ChangeBody }) body: z.output<typeof ChangeBody>, @Caller() call: CallOptions): Promise<void> {
    await this.rpc.call(accounts.changePassword, body, call);
  }

  @Endpoint('POST /api/auth/password/forgot', {
    summary: 'Mail a link to choose a new password; the answer is the same whether or not there is such a person',
    reply: Accepted,
    status: 202,
    public: true,
    bodyKiB: PUBLIC_BODY_KIB,
  })
  forgot(@Body({ schema: ForgotBody }) body: z.output<typeof ForgotBody>, @Caller() call: CallOptions) {
    return this.rpc.call(accounts.forgotPassword, body, call);
  }

  @Endpoint('POST /api/auth/password/reset', {
    summary: 'Choose a new password with the token of such a link; ends every session',
    public: true,
    bodyKiB: PUBLIC_BODY_KIB,
    codes: accounts.resetPassword.codes,
  })
  async reset(@Body({ schema: ResetBody }) body: z.output<typeof ResetBody>, @Caller() call: CallOptions): Promise<void> {
    await this.rpc.call(accounts.resetPassword, body, call);
  }
}
