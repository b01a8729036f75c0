import { Bus } from '@atrium/bus';
import { MAX_FRAME_BYTES } from '@atrium/contracts';
import { Injectable, type WsMessageHandler } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { AbstractWsAdapter } from '@nestjs/websockets';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { SocketAdmission } from './admission.ts';
import { Connection } from './connection.ts';
import { Connections } from './connections.ts';
import { Dispatcher } from './dispatcher.ts';
import { Peer } from './peer.ts';
import { TurnWriter } from './turn-writer.ts';

/** A client that does not answer a goodbye holds its connection, and what it left unread, no longer. The types of ws lack it. */
const GONE = { closeTimeout: 2000 };

/**
 * Nest's gateways over sockets of ours at /ws: a client is a `Connection`, its frames go through the dispatcher. The
 * listeners are shared by all sockets and find the connection at the peer.
 */
@Injectable()
export class SocketAdapter extends AbstractWsAdapter {
  private readonly onMessage: (this: WebSocket, data: RawData, isBinary: boolean) => void;
  private readonly onClose: (this: WebSocket) => void;
  /** One for each gateway class: it binds the handlers of that class to a new connection. */
  private readonly binders: ((connection: Connection) => void)[] = [];

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly bus: Bus,
    private readonly turn: TurnWriter,
    private readonly connections: Connections,
    private readonly admission: SocketAdmission,
    dispatcher: Dispatcher,
  ) {
    super();
    this.onMessage = function (data, isBinary) {
      dispatcher.receive((this as Peer<Connection>).connection!, isBinary ? '' : String(data));
    };
    this.onClose = function () {
      const { connection } = this as Peer<Connection>;
      connection!.markClosed();
      connections.remove(connection!);
    };
  }

  create(): WebSocketServer {
    const server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: MAX_FRAME_BYTES,
      ...GONE,
      WebSocket: Peer,
    });
    const http = this.host.httpAdapter.getHttpServer() as Server;
    http.on('upgrade', (request, socket, head) => this.upgrade(server, request, socket, head));
    return server;
  }

  override bindClientConnect(_server: WebSocketServer, bind: (connection: Connection) => void): void {
    this.binders.push(bind);
  }

  /** Nobody waits for it: see `SocketGateway`. */
  override bindClientDisconnect(): void {}

  bindMessageHandlers(connection: Connection, handlers: WsMessageHandler[]): void {
    for (const { message, callback } of handlers) connection.handlers[message] = callback;
  }

  private upgrade(server: WebSocketServer, request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Node has taken its own listener away: a client that breaks off now would end the process.
    socket.on('error', onError);
    const [path] = (request.url ?? '').split('?');
    if (path !== '/ws' && path !== '/ws/') return refuse(socket, '404 Not Found');
    if (!this.admission.isOurs(request)) return refuse(socket, '403 Forbidden');
    if (!this.bus.isConnected() || !this.admission.admit(request)) return refuse(socket, '503 Service Unavailable');
    server.handleUpgrade(request, socket, head, (peer) => this.open(peer as Peer<Connection>));
  }

  private open(peer: Peer<Connection>): void {
    const connection = new Connection(peer, this.turn, this.forget);
    peer.connection = connection;
    this.connections.add(connection);
    for (const bind of this.binders) bind(connection);
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
