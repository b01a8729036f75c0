import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runExtractor, type ExtractionResult } from '../src/extraction/run-extractor.ts';

/** Has the extractor read documents that a test makes, in a process of its own and within its limits. */
export class Extracting {
  private directory = '';

  async begin(): Promise<void> {
    this.directory = await mkdtemp(join(tmpdir(), 'extraction-spec-'));
  }

  end(): Promise<void> {
    return rm(this.directory, { recursive: true });
  }

  async extract(
    name: string,
    bytes: Buffer | string,
    limits: { seconds?: number; memoryBytes?: number; standstillSeconds?: number } = {},
  ): Promise<ExtractionResult> {
    return runExtractor({ path: await this.write(bytes), name, ...limits });
  }

  /** Where the document lies. */
  async write(bytes: Buffer | string): Promise<string> {
    const path = join(this.directory, 'file');
    await writeFile(path, bytes);
    return path;
  }
}
