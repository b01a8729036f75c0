import type { FileRecord, FileStatus } from '@atrium/contracts';

export type StatusTone = 'ready' | 'busy' | 'warn' | 'bad';
export type StatusWords = { tone: StatusTone; label: string; explanation: string };

const BUSY: Partial<Record<FileStatus, string>> = { stored: 'Waiting', queued: 'In the queue', extracting: 'Reading' };

/** The state of a file in words a person understands, never better than it is. */
export function statusWords(file: Pick<FileRecord, 'status' | 'statusReason' | 'progress' | 'pages' | 'threat'>): StatusWords {
  const pages = file.pages === undefined ? '' : file.pages === 1 ? ', 1 page' : `, ${file.pages} pages`;
  const because = file.statusReason;
  switch (file.status) {
    case 'ready':
      return { tone: 'ready', label: `Ready${pages}`, explanation: 'You can ask this file questions.' };
    case 'partial':
      return {
        tone: 'warn',
        label: `Partly read${pages}`,
        explanation: because ?? 'The file is larger than what is read; answers come from its first part.',
      };
    case 'no_text':
      return {
        tone: 'warn',
        label: 'No text in it',
        explanation: because ?? 'This looks like a scan or a picture: there are no words to search.',
      };
    case 'encrypted':
      return { tone: 'warn', label: 'Encrypted', explanation: because ?? 'The file is protected by a password and cannot be read.' };
    case 'unsupported':
      return {
        tone: 'warn',
        label: 'Kind not read',
        explanation: because ?? 'Text is not read from this kind of file. You can still download it.',
      };
    case 'failed':
      return { tone: 'bad', label: file.threat ? 'Virus found' : 'Could not be read', explanation: because ?? 'Reading the file failed.' };
    case 'extracting':
      return {
        tone: 'busy',
        label: file.progress === undefined ? 'Reading' : `Reading, ${file.progress} %`,
        explanation: 'The text is being taken out of the file.',
      };
    default:
      return { tone: 'busy', label: BUSY[file.status] ?? file.status, explanation: because ?? 'The file waits for its turn to be read.' };
  }
}

export const isBusy = (status: FileStatus): boolean => status in BUSY;
export const isAskable = (status: string): boolean => status === 'ready' || status === 'partial';
export const isRetryable = (status: FileStatus): boolean => status === 'failed' || status === 'partial' || status === 'no_text';
