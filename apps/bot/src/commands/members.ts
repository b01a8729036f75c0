import { RpcClient } from '@atrium/bus';
import { AppError, rooms, type Member } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import type { Ask } from './command.ts';
import { i18n } from '../words/words.ts';

/** The members of a room by what is written of them, as the asker sees them. */
@Injectable()
export class NamedMembers {
  constructor(private readonly rpc: RpcClient) {}

  /** @throws AppError `validation_failed` for a name that nobody in the room has */
  async require({ roomId, call, values }: Pick<Ask, 'roomId' | 'call' | 'values'>, argument: string): Promise<Member> {
    const username = String(values[argument]);
    // Many others may have the name in theirs.
    for (let cursor: string | undefined; ;) {
      const { items, nextCursor } = await this.rpc.call(rooms.members, { roomId, query: username, limit: 100, cursor }, call);
      const member = items.find((one) => one.username === username);
      if (member) return member;
      if (nextCursor === null)
        throw argumentFault(argument, i18n.t('must be a member of this room; nobody here is called @{username}', { username }));
      cursor = nextCursor;
    }
  }
}

/** What is wrong with an argument that only its command can tell. */
export const argumentFault = (path: string, message: string): AppError =>
  new AppError('validation_failed', `${path} ${message}.`, { errors: [{ path, message }] });

/**
 * What was posted names its author, but brings no proof that they ask for this.
 * @throws AppError `forbidden` where what changes something was posted as a message
 */
export function requireRun({ call }: Ask, name: string): void {
  if (!call.actorProof) throw new AppError('forbidden', i18n.t('Run /{name} as a command: a posted one changes nothing.', { name }));
}
