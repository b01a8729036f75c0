import type { Attachment, FileRecord } from '@atrium/contracts';

/** What a message shows of a file. */
export const attachmentOf = ({ id, name, contentType, size, status, threat }: FileRecord): Attachment => ({
  ...{ id, name, contentType, size, status },
  ...(threat !== undefined && { threat }),
});
