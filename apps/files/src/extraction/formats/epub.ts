import { posix } from 'node:path';
import { Unreadable, type Piece, type Reading } from '../extraction.ts';
import { Source } from '../source.ts';
import { readHtml } from './html.ts';
import { readXmlPart } from './office-xml.ts';
import { ZipArchive } from './zip.ts';

type Book = {
  titles: string[];
  items: Map<string, string>;
  order: string[];
  /** Notes and answers, which no chapter leads on to. */ aside: string[];
};

/** An e-book: its title, its chapters in reading order, then what stands aside from it. */
export async function* readEpub(source: Source, reading: Reading): AsyncGenerator<Piece> {
  const archive = await ZipArchive.open(source, reading.budget);
  const path = await rootFile(archive);
  const book = await readBook(archive, path);
  const chapters = [...book.order, ...book.aside].flatMap((id) => book.items.get(id) ?? []).filter((part) => archive.has(part));
  if (await isProtected(archive, chapters))
    throw new Unreadable('encrypted', 'The book is protected against copying, and cannot be read here.');
  if (chapters.length === 0) throw new Unreadable('failed', 'The book is damaged: none of its chapters is there.');
  yield book.titles.join('\n');
  for (const [i, chapter] of chapters.entries()) {
    const bytes = await archive.read(chapter);
    yield { newPage: true };
    if (bytes) yield* readHtml(Source.of(bytes, chapter));
    reading.progress(Math.floor((i / chapters.length) * 100));
  }
}

async function rootFile(archive: ZipArchive): Promise<string> {
  let path = '';
  await readXmlPart(archive.text('META-INF/container.xml'), {
    open(name, attributes) {
      if (/(?:^|:)rootfile$/.test(name)) path ||= attributes['full-path'] ?? '';
    },
  });
  return path || (archive.names().find((name) => name.endsWith('.opf')) ?? '');
}

async function readBook(archive: ZipArchive, path: string): Promise<Book> {
  const book: Book = { titles: [], items: new Map(), order: [], aside: [] };
  let told: string[] | null = null;
  await readXmlPart(archive.text(path), {
    open(name, attributes) {
      const local = name.replace(/^.*:/, '');
      if (local === 'title' || local === 'creator') told = [];
      if (local === 'item' && attributes.id && attributes.href)
        book.items.set(attributes.id, posix.join(posix.dirname(path), decodeName(attributes.href)));
      if (local === 'itemref' && attributes.idref) (attributes.linear === 'no' ? book.aside : book.order).push(attributes.idref);
    },
    text(text) {
      told?.push(text);
    },
    close() {
      if (told) book.titles.push(told.join('').trim());
      told = null;
    },
  });
  return book;
}

function decodeName(href: string): string {
  try {
    return decodeURIComponent(href.replace(/#.*$/, ''));
  } catch {
    return href;
  }
}

/** Fonts are often encrypted without harm; chapters are not. */
async function isProtected(archive: ZipArchive, chapters: string[]): Promise<boolean> {
  const encrypted = new Set<string>();
  await readXmlPart(archive.text('META-INF/encryption.xml'), {
    open(name, attributes) {
      if (/(?:^|:)CipherReference$/.test(name) && attributes.URI) encrypted.add(decodeName(attributes.URI));
    },
  });
  return chapters.some((chapter) => encrypted.has(chapter));
}
