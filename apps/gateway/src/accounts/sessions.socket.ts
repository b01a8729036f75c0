import { AppError } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { Authenticator } from '../auth/authenticator.ts';
import type { CommandInput } from '../sockets/commands.ts';
import type { Connection } from '../sockets/connection.ts';

@Injectable()
export class SessionsSocket {
  constructor(private readonly authenticator: Authenticator) {}

  /** A fresh access token on a living socket. It must be of the same person. */
  async renew(connection: Connection, { token }: CommandInput<'token'>): Promise<void> {
    const identity = await this.authenticator.identify(token);
    if (identity.userId !== connection.identity!.userId) throw new AppError('unauthenticated', 'This token is of somebody else');
    connection.identity = identity;
  }
}
