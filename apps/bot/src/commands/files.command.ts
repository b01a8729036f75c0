import { RpcClient } from '@atrium/bus';
import { ASKABLE_FILE_STATUSES, FINAL_FILE_STATUSES, files, type Command, type FileRecord } from '@atrium/contracts';
import { tellFileReason } from '@atrium/contracts/file-reasons';
import { Injectable } from '@nestjs/common';
import { BotCommand, EVERYONE, type Ask, type CommandAnswer } from './command.ts';
import { plainText } from './plain-text.ts';
import { i18n, language } from '../words/words.ts';

const SHOWN = 20;

/** `/files`: what the room has, and what of it can be asked. */
@Injectable()
export class FilesCommand extends BotCommand {
  get description(): Command {
    return {
      name: 'files',
      description: i18n.t('Lists the files of this room, newest first.'),
      usage: '/files',
      arguments: [],
      allowedRoles: EVERYONE,
    };
  }

  constructor(private readonly rpc: RpcClient) {
    super();
  }

  async answer({ roomId, call }: Ask): Promise<CommandAnswer> {
    const { items, nextCursor } = await this.rpc.call(files.list, { roomId, versions: 'newest', limit: SHOWN }, call);
    return () => ({
      body: renderFiles(roomId, items, nextCursor !== null),
      links: [{ label: i18n.t('All files'), href: `/rooms/${roomId}/files` }],
    });
  }
}

export function renderFiles(roomId: string, items: readonly FileRecord[], hasMore: boolean): string {
  if (items.length === 0) return i18n.t('This room has no files yet.');
  const lines = items.map((file) => `- [${plainText(file.name)}](/rooms/${roomId}/files/${file.id}) – ${stateOf(file)}`);
  return [`**${i18n.t('Files')}**`, lines.join('\n'), ...(hasMore ? [i18n.t('The newest {count} of them.', { count: SHOWN })] : [])].join(
    '\n\n',
  );
}

function stateOf({ status, statusReason }: FileRecord): string {
  if (ASKABLE_FILE_STATUSES.includes(status)) return status === 'partial' ? i18n.t('partly readable') : i18n.t('ready for questions');
  if (!FINAL_FILE_STATUSES.includes(status)) return i18n.t('being read');
  const reason = statusReason !== undefined && language() !== 'en' ? tellFileReason(statusReason, language()) : statusReason;
  return reason === undefined ? i18n.t('not readable') : i18n.t('not readable: {reason}', { reason: plainText(reason) });
}
