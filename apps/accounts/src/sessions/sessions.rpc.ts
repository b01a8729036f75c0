import { HandleRpc, requireActor } from '@atrium/bus';
import { accounts, type Call, type ParsedInputOf, type RpcHandlers } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { SigningKeysService } from '../signing/signing-keys.service.ts';
import { SessionsService } from './sessions.service.ts';
import { SignInService } from './sign-in.service.ts';

type Verbs = 'register' | 'logIn' | 'refresh' | 'logOut' | 'listSessions' | 'endSession' | 'checkSession' | 'signingKeys';

@Controller()
export class SessionsRpc implements Pick<RpcHandlers<typeof accounts>, Verbs> {
  constructor(
    private readonly signIn: SignInService,
    private readonly sessions: SessionsService,
    private readonly keys: SigningKeysService,
  ) {}

  @HandleRpc(accounts.register)
  async register(input: ParsedInputOf<typeof accounts.register>) {
    return this.signIn.register(input);
  }

  @HandleRpc(accounts.logIn)
  async logIn(input: ParsedInputOf<typeof accounts.logIn>) {
    return this.signIn.logIn(input);
  }

  @HandleRpc(accounts.refresh)
  async refresh(input: ParsedInputOf<typeof accounts.refresh>) {
    return this.sessions.refresh(input);
  }

  @HandleRpc(accounts.logOut)
  async logOut(input: ParsedInputOf<typeof accounts.logOut>) {
    await this.sessions.logOut(input.refreshToken);
    return {};
  }

  @HandleRpc(accounts.listSessions)
  async listSessions(_input: ParsedInputOf<typeof accounts.listSessions>, call: Call) {
    return { items: await this.sessions.list(requireActor(call), call.sessionId) };
  }

  @HandleRpc(accounts.endSession)
  async endSession(input: ParsedInputOf<typeof accounts.endSession>, call: Call) {
    await this.sessions.endOwn(requireActor(call), input.sessionId);
    return {};
  }

  @HandleRpc(accounts.checkSession)
  async checkSession(input: ParsedInputOf<typeof accounts.checkSession>) {
    return this.sessions.check(input.sessionId);
  }

  @HandleRpc(accounts.signingKeys)
  async signingKeys() {
    return { keys: await this.keys.publicKeys() };
  }
}
