import { CLOSE_CODES } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import type { Connection } from './connection.ts';

export const MAX_SOCKETS_PER_USER = 20;
const NONE: ReadonlySet<Connection> = new Set();

/** Every socket of this process, and whose it is. */
@Injectable()
export class Connections {
  /** Open sockets that have not said who they are. */
  readonly unnamed = new Set<Connection>();
  readonly named = new Set<Connection>();
  private readonly byUser = new Map<string, Set<Connection>>();
  private readonly nameListeners: ((connection: Connection) => void)[] = [];
  private readonly leaveListeners: ((connection: Connection) => void)[] = [];

  /** Called once for every socket that says who it is. */
  onName(listener: (connection: Connection) => void): void {
    this.nameListeners.push(listener);
  }

  /** Called once for every named socket that goes. */
  onLeave(listener: (connection: Connection) => void): void {
    this.leaveListeners.push(listener);
  }

  of(userId: string): ReadonlySet<Connection> {
    return this.byUser.get(userId) ?? NONE;
  }

  get userIds(): Iterable<string> {
    return this.byUser.keys();
  }

  add(connection: Connection): void {
    this.unnamed.add(connection);
  }

  /** Files a connection under its user. The oldest gives way when a person has too many. */
  name(connection: Connection): void {
    const { userId } = connection.identity!;
    this.unnamed.delete(connection);
    this.named.add(connection);
    const own = this.byUser.get(userId) ?? new Set();
    this.byUser.set(userId, own.add(connection));
    for (const listener of this.nameListeners) listener(connection);
    if (own.size > MAX_SOCKETS_PER_USER) {
      const [oldest] = own;
      oldest!.close(CLOSE_CODES.superseded, 'too many sockets of this user');
    }
  }

  remove(connection: Connection): void {
    this.unnamed.delete(connection);
    if (!this.named.delete(connection)) return;
    const { userId } = connection.identity!;
    const own = this.byUser.get(userId);
    own?.delete(connection);
    if (own?.size === 0) this.byUser.delete(userId);
    for (const listener of this.leaveListeners) listener(connection);
  }
}
