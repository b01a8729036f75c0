import { CLOSE_CODES } from '@atrium/contracts';
import type { Socket } from 'node:net';
import { WebSocket } from 'ws';

const MESSAGE_TOO_BIG = 1009;

/**
 * The WebSocket of one client. It knows its connection, so that one set of listeners serves every socket without a
 * closure each, and says in our own words that a frame was too large.
 */
export class Peer<C = unknown> extends WebSocket {
  declare connection: C | undefined;
  /** Where ready-made frames are written; null after the end. */
  declare readonly _socket: Socket | null;

  override close(code?: number, reason?: string | Buffer): void {
    super.close(code === MESSAGE_TOO_BIG ? CLOSE_CODES.frameTooLarge : code, reason);
  }
}
