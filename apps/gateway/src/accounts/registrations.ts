import { RpcClient, type CallOptions } from '@atrium/bus';
import { AppError, accounts, type Grant, type InputOf } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { Notes } from '../limits/notes.ts';

const REMEMBER_SECONDS = 24 * 60 * 60;

/**
 * Makes a repeated registration answer like the first. Tokens are nowhere kept for that: we note which key created
 * which username, and sign the repeat in with the password it brings. Best effort: without Redis a repeat is told
 * that the username is taken.
 */
@Injectable()
export class Registrations {
  constructor(
    private readonly rpc: RpcClient,
    private readonly notes: Notes,
  ) {}

  async register(input: InputOf<typeof accounts.register>, key: string | undefined, call: CallOptions): Promise<Grant> {
    const note = key && `idempotency:register:${key}`;
    try {
      const grant = await this.rpc.call(accounts.register, input, call);
      if (note) await this.notes.write(note, input.username, REMEMBER_SECONDS);
      return grant;
    } catch (error) {
      const repeated = note && AppError.from(error).code === 'username_taken' && (await this.notes.read(note)) === input.username;
      if (!repeated) throw error;
      const { username, password, origin } = input;
      return this.rpc.call(accounts.logIn, { username, password, origin }, call);
    }
  }
}
