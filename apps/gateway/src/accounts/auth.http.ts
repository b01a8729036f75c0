import { RpcClient, type CallOptions } from '@atrium/bus';
import { AppError, accounts } from '@atrium/contracts';
import { Body, Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { SessionChecks } from '../auth/session-checks.ts';
import { Caller, IdempotencyKey } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { readDeviceCookie } from './device-cookie.ts';
import { GrantReply, deliver, originOf, transport } from './grant-reply.ts';
import { clearRefreshCookie, readRefreshCookie } from './refresh-cookie.ts';
import { RequestLimits } from '../limits/request-limits.ts';
import { Registrations } from './registrations.ts';

const RegisterBody = accounts.register.input.omit({ origin: true }).extend(transport);
const LogInBody = accounts.logIn.input.omit({ origin: true }).extend(transport);
const RefreshBody = accounts.refresh.input.omit({ origin: true, fromBrowser: true }).partial().extend(transport);
const LogOutBody = accounts.logOut.input.partial();

/** What anybody may send. */
const PUBLIC_BODY_KIB = 16;

@Controller()
export class AuthHttp {
  constructor(
    private readonly rpc: RpcClient,
    private readonly registrations: Registrations,
    private readonly sessions: SessionChecks,
    private readonly limits: RequestLimits,
  ) {}

  @Endpoint('POST /api/auth/register', {
    summary: 'Create an account and sign in',
    reply: GrantReply,
    status: 201,
    public: true,
    bodyKiB: PUBLIC_BODY_KIB,
    idempotencyKey: true,
    codes: [...accounts.register.codes, 'rate_limited'],
  })
  async register(
    @Body({ schema: RegisterBody }) { tokenTransport, ...input }: z.output<typeof RegisterBody>,
    @IdempotencyKey() key: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GrantReply> {
    await this.limits.countRegistration(request);
    const grant = await this.registrations.register({ ...input, origin: originOf(request) }, key, { requestId: request.id });
    return deliver(grant, tokenTransport, request, reply);
  }

  @Endpoint('POST /api/auth/login', {
    summary: 'Sign in with a username or an e-mail address',
    reply: GrantReply,
    public: true,
    bodyKiB: PUBLIC_BODY_KIB,
    codes: accounts.logIn.codes,
  })
  async logIn(
    @Body({ schema: LogInBody }) { tokenTransport, ...input }: z.output<typeof LogInBody>,
    @Caller() call: CallOptions,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GrantReply> {
    const deviceToken = input.deviceToken ?? readDeviceCookie(request);
    const grant = await this.rpc.call(accounts.logIn, { ...input, deviceToken, origin: originOf(request) }, call);
    return deliver(grant, tokenTransport, request, reply);
  }

  @Endpoint('POST /api/auth/refresh', {
    summary: 'Exchange the refresh token for a new pair',
    reply: GrantReply,
    public: true,
    bodyKiB: PUBLIC_BODY_KIB,
    codes: [...accounts.refresh.codes, 'forbidden'],
  })
  async refresh(
    @Body({ schema: RefreshBody }) body: z.output<typeof RefreshBody>,
    @Caller() call: CallOptions,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GrantReply> {
    const refreshToken = body.refreshToken ?? readRefreshCookie(request);
    if (!refreshToken) throw new AppError('unauthenticated', 'There is no refresh token');
    // Browsers say where a POST comes from; a script that keeps cookies does not.
    const fromBrowser = !body.refreshToken && request.headers.origin !== undefined;
    try {
      const grant = await this.rpc.call(accounts.refresh, { refreshToken, origin: originOf(request), fromBrowser }, call);
      // What came in a cookie stays in one: a script on the page must not be able to take it out.
      return deliver(grant, body.refreshToken ? 'body' : 'cookie', request, reply);
    } catch (error) {
      if (AppError.from(error).status === 401) clearRefreshCookie(request, reply);
      throw error;
    }
  }

  @Endpoint('POST /api/auth/logout', { summary: 'End this session', public: true, bodyKiB: PUBLIC_BODY_KIB, codes: ['forbidden'] })
  async logOut(
    @Body({ schema: LogOutBody }) body: z.output<typeof LogOutBody>,
    @Caller() call: CallOptions,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const refreshToken = body.refreshToken ?? readRefreshCookie(request);
    // Both that are named: a token that opens nothing would leave the caller signed in and told otherwise.
    const session = request.identity?.scopes ? undefined : request.identity;
    if (session) await this.rpc.call(accounts.endSession, { sessionId: session.sessionId }, call);
    if (refreshToken) await this.rpc.call(accounts.logOut, { refreshToken }, call);
    if (session) this.sessions.markEnded(session.sessionId);
    clearRefreshCookie(request, reply);
  }
}
