import { Budget, Unreadable, type DocumentKind } from '../extraction.ts';
import type { Source } from '../source.ts';
import { ZipArchive } from './zip.ts';

/** Parts by which a package is known, whatever stands first in it. */
const PARTS: [RegExp, DocumentKind][] = [
  [/^word\/document\d*\.xml$/i, 'docx'],
  [/^xl\/workbook\.(?:xml|bin)$/i, 'xlsx'],
  [/^ppt\/presentation\.xml$/i, 'pptx'],
  [/^META-INF\/container\.xml$/, 'epub'],
  [/^content\.xml$/, 'opendocument'],
];

/** What a zip archive is that does not say so at its beginning; null for one that people packed. */
export async function zipKind(source: Source): Promise<DocumentKind | null> {
  try {
    const names = (await ZipArchive.open(source, new Budget())).names();
    return PARTS.find(([part]) => names.some((name) => part.test(name)))?.[1] ?? null;
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}
