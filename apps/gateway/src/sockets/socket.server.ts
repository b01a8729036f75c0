import { Bus } from '@atrium/bus';
import { MAX_FRAME_BYTES } from '@atrium/contracts';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { isOwnOrigin } from '../auth/origin.ts';
import { SocketAdmission } from './admission.ts';
import { Connection } from './connection.ts';
import { Connections } from './connections.ts';
import { Dispatcher } from './dispatcher.ts';
import { Peer } from './peer.ts';
import { TurnWriter } from './turn-writer.ts';

/**
 * Opens sockets at /ws. A plain `ws` server beside Nest: a decorated handler per message costs as much as storing
 * it. The listeners are shared by all sockets and find the connection at the peer.
 */
@Injectable()
export class SocketServer implements OnApplicationBootstrap {
  private readonly onMessage: (this: WebSocket, data: RawData, isBinary: boolean) => void;
  private readonly onClose: (this: WebSocket) => void;
  private readonly server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MAX_FRAME_BYTES,
    WebSocket: Peer,
  });

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly bus: Bus,
    private readonly turn: TurnWriter,
    private readonly connections: Connections,
    dispatcher: Dispatcher,
    private readonly admission: SocketAdmission,
  ) {
    this.onMessage = function (data, isBinary) {
      dispatcher.receive((this as Peer).connection!, isBinary ? '' : String(data));
    };
    this.onClose = function () {
      const { connection } = this as Peer;
      connection!.markClosed();
      connections.remove(connection!);
    };
  }

  onApplicationBootstrap(): void {
    const http = this.host.httpAdapter.getHttpServer() as Server;
    http.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Node has taken its own listener away: a client that breaks off now would end the process.
    socket.on('error', onError);
    const [path] = (request.url ?? '').split('?');
    if (path !== '/ws' && path !== '/ws/') return refuse(socket, '404 Not Found');
    if (!isOwnOrigin(request, this.admission.hostOf(request))) return refuse(socket, '403 Forbidden');
    if (!this.bus.isConnected() || !this.admission.admit(request)) return refuse(socket, '503 Service Unavailable');
    this.server.handleUpgrade(request, socket, head, (peer) => this.open(peer));
  }

  private open(peer: Peer): void {
    const connection = new Connection(peer, this.turn, this.forget);
    peer.connection = connection;
    this.connections.add(connection);
    peer.on('message', this.onMessage).on('close', this.onClose).on('error', onError);
  }

  private readonly forget = (connection: Connection): void => this.connections.remove(connection);
}

/** `close` follows; that a client breaks off or breaks the protocol is no failure of ours. */
function onError(): void {}

function refuse(socket: Duplex, status: string): void {
  // A client that never closes its side keeps nothing open here.
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n`);
}
