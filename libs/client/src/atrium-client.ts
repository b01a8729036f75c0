import { AuthApi, MeApi, UsersApi } from './http/accounts.api.ts';
import { BotsApi } from './http/bots.api.ts';
import { AheadApi } from './http/ahead.api.ts';
import { BotApi } from './http/bot.api.ts';
import { FilesApi } from './http/files.api.ts';
import { EntranceApi } from './http/entrance.api.ts';
import { ModerationApi } from './http/moderation.api.ts';
import { MessagesApi } from './http/messages.api.ts';
import { NotificationsApi } from './http/notifications.api.ts';
import { RoomsApi } from './http/rooms.api.ts';
import { SearchApi } from './http/search.api.ts';
import { SecurityApi } from './http/security.api.ts';
import { type KeyValueStorage, Session, type TokenTransport } from './http/session.ts';
import { Transport } from './http/transport.ts';
import { KeyValueOutbox, type OutboxStore } from './realtime/outbox-store.ts';
import { Realtime } from './realtime/realtime.ts';
import type { SocketConstructor } from './realtime/socket.ts';

export type AtriumClientOptions = {
  /** `https://chat.example.org`, without a path. */
  baseUrl: string;
  fetch?: typeof fetch;
  WebSocket?: SocketConstructor;
  /** `cookie` in browsers; `body` where no cookies are kept. */
  tokenTransport: TokenTransport;
  /** Keeps the refresh token (`body` only) over restarts, and unsent messages unless they have a place of their own. */
  storage?: KeyValueStorage;
  /** The language that answers for this person alone are to be in, as a tag; asked before each request. */
  language?: () => string;
  outbox?: OutboxStore;
};

function outboxOf({ outbox, storage }: AtriumClientOptions): { outbox?: OutboxStore } {
  if (outbox) return { outbox };
  return storage ? { outbox: new KeyValueOutbox(storage) } : {};
}

/** Everything a gateway offers, typed, for one account at a time. */
export class AtriumClient {
  /** What everything below speaks through; for interfaces that are made apart, as the admin's. */
  readonly http: Transport;
  readonly session: Session;
  readonly auth: AuthApi;
  readonly me: MeApi;
  readonly security: SecurityApi;
  readonly users: UsersApi;
  readonly rooms: RoomsApi;
  readonly moderation: ModerationApi;
  readonly entrance: EntranceApi;
  readonly messages: MessagesApi;
  readonly ahead: AheadApi;
  readonly notifications: NotificationsApi;
  readonly files: FilesApi;
  readonly search: SearchApi;
  readonly bot: BotApi;
  readonly bots: BotsApi;
  readonly realtime: Realtime;

  constructor(options: AtriumClientOptions) {
    const baseUrl = options.baseUrl.replace(/\/+$/, '');
    const { fetch = globalThis.fetch.bind(globalThis), language } = options;
    const http = new Transport(baseUrl, { fetch, language }, () => this.session);
    this.http = http;
    this.auth = new AuthApi(http, () => this.session, options.tokenTransport);
    this.session = new Session(options.tokenTransport, (refreshToken) => this.auth.refresh(refreshToken), options.storage);
    this.me = new MeApi(http);
    this.security = new SecurityApi(http);
    this.users = new UsersApi(http);
    this.rooms = new RoomsApi(http);
    this.moderation = new ModerationApi(http);
    this.entrance = new EntranceApi(http);
    this.messages = new MessagesApi(http);
    this.ahead = new AheadApi(http);
    this.notifications = new NotificationsApi(http);
    this.files = new FilesApi(http, () => this.session.token());
    this.search = new SearchApi(http);
    this.bot = new BotApi(http);
    this.bots = new BotsApi(http);
    this.realtime = new Realtime({
      url: `${baseUrl.replace(/^http/, 'ws')}/ws`,
      Socket: options.WebSocket ?? globalThis.WebSocket,
      token: () => this.session.token(),
      renew: () => this.session.refresh(),
      messages: this.messages,
      ...outboxOf(options),
    });
    this.#joinSessionAndSocket();
  }

  /** The socket lives as long as the session, with a token that never runs out under it. */
  #joinSessionAndSocket(): void {
    // What is written before the first socket is kept under its writer's name, too.
    this.session.on('started', (user) => void this.realtime.outbox.belongTo(user.id));
    this.session.on('token', (token) => this.realtime.renewToken(token));
    this.session.on('ended', () => this.realtime.close());
    this.realtime.on('state', (state) => {
      this.session.keepFresh(state.name === 'online');
      if (state.name === 'stopped' && state.reason === 'revoked') this.session.end('revoked');
    });
  }
}
