import { RpcClient } from '@atrium/bus';
import { ASKABLE_FILE_STATUSES, FINAL_FILE_STATUSES, files, type Command, type FileRecord } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { BotCommand, EVERYONE, type Ask, type CommandAnswer } from './command.ts';
import { plainText } from './plain-text.ts';

const SHOWN = 20;

/** `/files`: what the room has, and what of it can be asked. */
@Injectable()
export class FilesCommand extends BotCommand {
  readonly description: Command = {
    name: 'files',
    description: 'Lists the files of this room, newest first.',
    usage: '/files',
    arguments: [],
    allowedRoles: EVERYONE,
  };

  constructor(private readonly rpc: RpcClient) {
    super();
  }

  async answer({ roomId, call }: Ask): Promise<CommandAnswer> {
    const { items, nextCursor } = await this.rpc.call(files.list, { roomId, versions: 'newest', limit: SHOWN }, call);
    return { body: renderFiles(roomId, items, nextCursor !== null), links: [{ label: 'All files', href: `/rooms/${roomId}/files` }] };
  }
}

export function renderFiles(roomId: string, items: readonly FileRecord[], hasMore: boolean): string {
  if (items.length === 0) return 'This room has no files yet.';
  const lines = items.map((file) => `- [${plainText(file.name)}](/rooms/${roomId}/files/${file.id}) – ${stateOf(file)}`);
  return [`**Files**`, lines.join('\n'), ...(hasMore ? [`The newest ${SHOWN} of them.`] : [])].join('\n\n');
}

function stateOf({ status, statusReason }: FileRecord): string {
  if (ASKABLE_FILE_STATUSES.includes(status)) return status === 'partial' ? 'partly readable' : 'ready for questions';
  if (!FINAL_FILE_STATUSES.includes(status)) return 'being read';
  return `not readable${statusReason === undefined ? '' : `: ${plainText(statusReason)}`}`;
}
