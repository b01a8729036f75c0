import { posix } from 'node:path';
import { OfficeXml, readXmlPart, type XmlHandlers } from './office-xml.ts';
import type { XmlText, ZipArchive } from './zip.ts';

/** The last word of a relation's type, such as `footnotes`, and the part it leads to. */
export type Relation = { id: string; type: string; part: string };

/** The relations of a part, in the order in which they are written; of the package itself without a name. */
export async function relationsOf(archive: ZipArchive, part = ''): Promise<Relation[]> {
  const directory = posix.dirname(part);
  const name = posix.join(directory, '_rels', `${posix.basename(part)}.rels`);
  const relations: Relation[] = [];
  await readXmlPart(archive.text(name), {
    open(tag, { Id, Type, Target, TargetMode }) {
      if (!/(?:^|:)Relationship$/.test(tag) || !Target || TargetMode === 'External') return;
      const target = Target.replaceAll('\\', '/');
      const path = target.startsWith('/') ? target.slice(1) : posix.join(directory, target);
      relations.push({ id: Id ?? '', type: Type?.split('/').at(-1) ?? '', part: findPart(archive, path) });
    },
  });
  return relations;
}

/** Part names are compared without case, and may be written with escapes. */
function findPart(archive: ZipArchive, path: string): string {
  if (archive.has(path)) return path;
  const wanted = decode(path).toLowerCase();
  return archive.names().find((name) => name.toLowerCase() === wanted) ?? path;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The part a package is about; it is not always where the usual program puts it. */
export async function mainPart(archive: ZipArchive, usual: string): Promise<string> {
  const main = (await relationsOf(archive)).find(({ type, part }) => type === 'officeDocument' && archive.has(part));
  return main?.part ?? usual;
}

/** Reads a part tag by tag; `take` hands out what the handlers have gathered so far. */
export async function* streamPart<T>(text: XmlText, handlers: XmlHandlers, take: () => T): AsyncGenerator<T> {
  const xml = new OfficeXml(handlers);
  for await (const part of text) {
    xml.write(part);
    yield take();
  }
  xml.end();
  if (xml.isTorn) text.onDamage?.();
  yield take();
}
