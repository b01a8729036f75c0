import type { FileRecord } from '@atrium/contracts';
import type { FileEntity } from './file.entity.ts';

/** A file as others see it. */
export function toFileRecord(file: FileEntity): FileRecord {
  return {
    id: file.id,
    roomId: file.roomId,
    uploaderId: file.uploaderId,
    name: file.name,
    contentType: file.contentType,
    size: file.size,
    sha256: file.sha256,
    version: file.version,
    status: file.status,
    statusReason: file.statusReason ?? undefined,
    progress: file.status === 'extracting' ? (file.progress ?? 0) : undefined,
    pages: file.pages ?? undefined,
    chars: file.chars ?? undefined,
    chunks: file.chunks ?? undefined,
    draft: file.draft ? true : undefined,
    threat: file.threat ?? undefined,
    createdAt: file.createdAt.toISOString(),
  };
}
