import { Unreadable } from '../src/extraction/extraction.ts';
import { readDocument } from '../src/extraction/read-document.ts';
import { Source } from '../src/extraction/source.ts';

export type Read = { pages: string[]; text: string; missing?: string };

/** Reads a document as the extractor does, in this process and without its limits. */
export async function read(name: string, bytes: Buffer | string): Promise<Read> {
  const pages: string[] = [];
  const sink = {
    page: (text: string) => {
      pages.push(text);
      return true;
    },
    progress: () => undefined,
  };
  const missing = await readDocument(Source.of(Buffer.from(bytes), name), sink);
  return { pages, text: pages.join('\n\n'), missing };
}

export const textOf = async (name: string, bytes: Buffer | string): Promise<string> => (await read(name, bytes)).text;

/** The status a document ends with that cannot be read, or `ready`. */
export async function refusalOf(name: string, bytes: Buffer | string): Promise<string> {
  try {
    await read(name, bytes);
    return 'ready';
  } catch (error) {
    if (error instanceof Unreadable) return error.status;
    throw error;
  }
}
