import { AppError, FileRecord } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Notes } from '../limits/notes.ts';

const UNDER_WAY = 'under way';
const UNDER_WAY_SECONDS = 15 * 60;
const REMEMBER_SECONDS = 24 * 60 * 60;
/** The answer to give again, or where the files of an upload lie that failed on the way. */
const Remembered = z.union([z.array(FileRecord), z.object({ placed: z.array(z.string()) })]);

/**
 * Makes a repeated upload with the same `Idempotency-Key` answer like the first, for a day, through a note in Redis:
 * the bytes are not compared. A repeat of one that failed takes up its places, so that no file of it is recorded twice.
 * Best effort: without Redis a repeat is a second upload.
 */
@Injectable()
export class UploadReplays {
  constructor(private readonly notes: Notes) {}

  async once(key: string | undefined, upload: (placed: string[]) => Promise<FileRecord[]>): Promise<FileRecord[]> {
    if (key === undefined) return upload([]);
    const note = `idempotency:upload:${key}`;
    const earlier = await this.claim(note);
    if (Array.isArray(earlier)) return earlier;
    const { placed } = earlier;
    try {
      const files = await upload(placed);
      await this.notes.write(note, JSON.stringify(files), REMEMBER_SECONDS);
      return files;
    } catch (error) {
      if (placed.length === 0) await this.notes.erase(note);
      else await this.notes.write(note, JSON.stringify({ placed }), REMEMBER_SECONDS);
      throw error;
    }
  }

  /** @returns what an earlier upload with this key left */
  private async claim(note: string): Promise<z.output<typeof Remembered>> {
    const nothing = { placed: [] };
    if (await this.notes.claim(note, UNDER_WAY, UNDER_WAY_SECONDS)) return nothing;
    const found = await this.notes.read(note);
    if (found === UNDER_WAY) throw new AppError('idempotency_conflict', 'The first upload with this key is still under way');
    return found === undefined ? nothing : Remembered.parse(JSON.parse(found));
  }
}
