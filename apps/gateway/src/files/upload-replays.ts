import { AppError, FileRecord } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Notes } from '../limits/notes.ts';

const UNDER_WAY = 'under way';
const UNDER_WAY_SECONDS = 15 * 60;
const REMEMBER_SECONDS = 24 * 60 * 60;
const Remembered = z.array(FileRecord);

/**
 * Makes a repeated upload with the same `Idempotency-Key` answer like the first, for a day, through a note in Redis:
 * the bytes are not compared. Best effort: without Redis a repeat is a second upload.
 */
@Injectable()
export class UploadReplays {
  constructor(private readonly notes: Notes) {}

  async once(key: string | undefined, upload: () => Promise<FileRecord[]>): Promise<FileRecord[]> {
    if (key === undefined) return upload();
    const note = `idempotency:upload:${key}`;
    if (!(await this.notes.claim(note, UNDER_WAY, UNDER_WAY_SECONDS))) {
      const found = await this.notes.read(note);
      if (found === UNDER_WAY) throw new AppError('idempotency_conflict', 'The first upload with this key is still under way');
      if (found !== undefined) return Remembered.parse(JSON.parse(found));
    }
    try {
      const files = await upload();
      await this.notes.write(note, JSON.stringify(files), REMEMBER_SECONDS);
      return files;
    } catch (error) {
      await this.notes.erase(note);
      throw error;
    }
  }
}
