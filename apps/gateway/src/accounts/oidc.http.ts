import { RpcClient, type CallOptions } from '@atrium/bus';
import { AppError, ProviderName, SignInProvider, accounts } from '@atrium/contracts';
import { Controller, Logger, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { readDeviceCookie } from './device-cookie.ts';
import { deliver, originOf } from './grant-reply.ts';

const COOKIE = 'atrium_oidc';
const BACK_WITHIN_SECONDS = 600;
const BeginQuery = accounts.beginOidc.input.pick({ next: true });
const cookieOf = (request: FastifyRequest) =>
  ({ path: '/api/auth/oidc', httpOnly: true, sameSite: 'lax', secure: request.protocol === 'https' }) as const;

@Controller()
export class OidcHttp {
  private readonly logger = new Logger('oidc');

  constructor(private readonly rpc: RpcClient) {}

  @Endpoint('GET /api/auth/providers', {
    summary: 'Where else one can sign in',
    reply: z.object({ items: z.array(SignInProvider) }),
    public: true,
  })
  providers(@Caller() call: CallOptions) {
    return this.rpc.call(accounts.signInProviders, {}, call);
  }

  @Endpoint('GET /api/auth/oidc/:provider', {
    summary: 'Go to a provider and sign in there',
    status: 302,
    public: true,
    codes: accounts.beginOidc.codes,
  })
  async begin(
    @Param('provider') provider: string,
    @Query({ schema: BeginQuery }) { next }: z.output<typeof BeginQuery>,
    @Caller() call: CallOptions,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    requireName(provider);
    const { url, browserToken } = await this.rpc.call(accounts.beginOidc, { provider, next }, call);
    void reply.setCookie(COOKIE, browserToken, { ...cookieOf(request), maxAge: BACK_WITHIN_SECONDS });
    return void reply.header('cache-control', 'no-store').redirect(url, 302);
  }

  /** A person looks at what this answers: a refusal leads to the sign-in page, which says it. */
  @Endpoint('GET /api/auth/oidc/:provider/callback', {
    summary: 'Where the provider sends the browser back',
    status: 302,
    public: true,
    codes: accounts.finishOidc.codes,
  })
  async finish(
    @Param('provider') provider: string,
    @Caller() call: CallOptions,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    requireName(provider);
    const browserToken = request.cookies[COOKIE] ?? '';
    const query = request.url.split('?')[1] ?? '';
    void reply.clearCookie(COOKIE, cookieOf(request)).header('cache-control', 'no-store');
    try {
      const input = { provider, browserToken, query, origin: originOf(request), deviceToken: readDeviceCookie(request) };
      const { grant, next } = await this.rpc.call(accounts.finishOidc, input, call);
      deliver(grant, 'cookie', request, reply);
      const arrival = new URLSearchParams({ arrived: provider, next });
      return void reply.redirect(`/sign-in?${arrival}`, 302);
    } catch (error) {
      const { code } = AppError.from(error);
      this.logger.warn({ requestId: request.id, provider, code, err: error }, 'a sign-in by a provider failed');
      return void reply.redirect(`/sign-in?failed=${code}`, 302);
    }
  }
}

function requireName(provider: string): void {
  if (!ProviderName.safeParse(provider).success) throw new AppError('provider_not_found');
}
