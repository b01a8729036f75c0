import { plural, t } from '@lingui/core/macro';
import type { FileRecord, FileStatus } from '@atrium/contracts';
import { fileReasonText } from '../language/problem-text.ts';

export type StatusTone = 'ready' | 'busy' | 'warn' | 'bad';
export type StatusWords = { tone: StatusTone; label: string; explanation: string };

const busy = (): Partial<Record<FileStatus, string>> => ({ stored: t`Waiting`, queued: t`In the queue`, extracting: t`Reading` });

/** The state of a file in words a person understands, never better than it is. */
export function statusWords(file: Pick<FileRecord, 'status' | 'statusReason' | 'progress' | 'pages' | 'threat'>): StatusWords {
  const pages = file.pages === undefined ? '' : plural(file.pages, { one: ', # page', other: ', # pages' });
  const because = fileReasonText(file.statusReason);
  switch (file.status) {
    case 'ready':
      return { tone: 'ready', label: t`Ready${pages}`, explanation: t`You can ask this file questions.` };
    case 'partial':
      return {
        tone: 'warn',
        label: t`Partly read${pages}`,
        explanation:
          because ??
          (file.statusReason
            ? t`Only a part of it was read; answers come from there.`
            : t`The file is larger than what is read; answers come from its first part.`),
      };
    case 'no_text':
      return {
        tone: 'warn',
        label: t`No text in it`,
        explanation: because ?? t`This looks like a scan or a picture: there are no words to search.`,
      };
    case 'encrypted':
      return { tone: 'warn', label: t`Encrypted`, explanation: because ?? t`The file is protected by a password and cannot be read.` };
    case 'unsupported':
      return {
        tone: 'warn',
        label: t`Kind not read`,
        explanation: because ?? t`Text is not read from this kind of file. You can still download it.`,
      };
    case 'failed':
      return {
        tone: 'bad',
        label: file.threat ? t`Virus found` : t`Could not be read`,
        explanation: because ?? t`Reading the file failed.`,
      };
    case 'extracting':
      return {
        tone: 'busy',
        label: file.progress === undefined ? t`Reading` : t`Reading, ${file.progress} %`,
        explanation: t`The text is being taken out of the file.`,
      };
    default:
      return {
        tone: 'busy',
        label: busy()[file.status] ?? file.status,
        explanation: because ?? t`The file waits for its turn to be read.`,
      };
  }
}

export const isBusy = (status: FileStatus): boolean => status in busy();
export const isAskable = (status: string): boolean => status === 'ready' || status === 'partial';
export const isRetryable = (status: FileStatus): boolean => status === 'failed' || status === 'partial' || status === 'no_text';
