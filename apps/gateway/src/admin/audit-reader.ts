import { RpcClient, type CallOptions } from '@atrium/bus';
import { accounts, bot, files, messages, rooms, type AuditEntry, type InputOf } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';

export type AuditQuery = Omit<InputOf<typeof accounts.adminAudit>, 'limit'>;
export type AuditPage = { items: AuditEntry[]; nextCursor: string | null };

/** Every service keeps the log of its own acts, in the transaction of each; read together they are one. */
const LOGS = [accounts.adminAudit, rooms.adminAudit, messages.adminAudit, files.adminAudit, bot.adminAudit];

/** Reads the logs of all services as one, newest first. */
@Injectable()
export class AuditReader {
  constructor(private readonly rpc: RpcClient) {}

  async page(query: AuditQuery, limit: number, call: CallOptions): Promise<AuditPage> {
    // Each is asked for all that the page could hold of it; ids are in the order of time.
    const logs = await Promise.all(LOGS.map((log) => this.rpc.call(log, { ...query, limit: Math.min(limit + 1, 500) }, call)));
    const merged = logs.flatMap(({ items }) => items).sort((a, b) => (a.id < b.id ? 1 : -1));
    const full = Math.min(limit, 499);
    const items = merged.slice(0, full);
    return { items, nextCursor: merged.length > full ? (items.at(-1)?.id ?? null) : null };
  }

  /** From a page to the end, a line each. A page may take as long as a call, the whole as long as it takes. */
  async *lines(query: AuditQuery, first: AuditPage, { limit, ...call }: CallOptions & { limit: number }): AsyncGenerator<string> {
    const { deadlineAt: _deadlineAt, ...unhurried } = call;
    for (let page = first; ;) {
      yield page.items.map((entry) => `${JSON.stringify(entry)}\n`).join('');
      if (page.nextCursor === null) return;
      page = await this.page({ ...query, before: page.nextCursor }, limit, unhurried);
    }
  }
}
