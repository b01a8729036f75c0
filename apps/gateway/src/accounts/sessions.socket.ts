import { AppError, FRAME_SCOPES } from '@atrium/contracts';
import { Authenticator } from '../auth/authenticator.ts';
import { requireScope } from '../auth/scopes.ts';
import type { Connection } from '../sockets/connection.ts';
import { OnFrame, SocketGateway, type FrameInput } from '../sockets/on-frame.ts';

@SocketGateway()
export class SessionsSocket {
  constructor(private readonly authenticator: Authenticator) {}

  /** A fresh access token on a living socket. It must be of the same person. */
  @OnFrame('token')
  async renew(connection: Connection, { token }: FrameInput<'token'>): Promise<void> {
    const identity = await this.authenticator.identify(token);
    if (identity.userId !== connection.identity!.userId) throw new AppError('unauthenticated', 'This token is of somebody else');
    requireScope(identity, FRAME_SCOPES.auth);
    connection.identity = identity;
  }
}
