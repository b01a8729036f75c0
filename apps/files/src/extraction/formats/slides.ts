import { Unreadable, type Piece, type Reading } from '../extraction.ts';
import type { Source } from '../source.ts';
import { chartText, isDrawn } from './drawing.ts';
import { embeddedFiles } from './embedded.ts';
import { mainPart, relationsOf, type Relation } from './office-package.ts';
import { readXmlPart } from './office-xml.ts';
import { slideText } from './slide-shapes.ts';
import { ZipArchive } from './zip.ts';

/** A presentation: a page for each slide, with its title first and its notes last, then the files put into it. */
export async function* readPptx(source: Source, reading: Reading): AsyncGenerator<Piece> {
  const archive = await ZipArchive.open(source, reading.budget);
  const main = await mainPart(archive, 'ppt/presentation.xml');
  if (!archive.has(main)) throw new Unreadable('failed', 'The presentation is damaged: its list of slides is missing.');
  const listed = await slideParts(archive, main);
  const slides = listed.filter((part) => archive.has(part));
  reading.budget.damaged ||= slides.length < listed.length;
  const common = new Common(archive);
  const embedded: Relation[] = [];
  for (const [i, slide] of slides.entries()) {
    const { text, common: own, showsLayout } = await slideText(archive, slide);
    const relations = await relationsOf(archive, slide);
    const texts = [text];
    const notes: string[] = [];
    for (const { type, part } of relations) {
      if (isDrawn(type)) for await (const drawn of chartText(archive, part)) texts.push(drawn);
      else if (type === 'notesSlide' || /comments?$/i.test(type)) {
        const note = await slideText(archive, part);
        notes.push(note.text, ...common.notYetSaid(note.common));
      }
    }
    if (showsLayout) texts.push(...common.notYetSaid(await common.ofLayout(relations)));
    texts.push(...common.notYetSaid(own), ...notes);
    yield { page: texts.filter((one) => one.trim() !== '').join('\n\n') };
    embedded.push(...relations);
    reading.progress(Math.floor(((i + 1) / slides.length) * 100));
  }
  yield* embeddedFiles(archive, embedded, reading);
}

async function slideParts(archive: ZipArchive, main: string): Promise<string[]> {
  const relations = await relationsOf(archive, main);
  const ids: string[] = [];
  await readXmlPart(archive.text(main), {
    open(name, attributes) {
      // Sections list slides as well, without saying where they are.
      const id = /(?:^|:)sldId$/.test(name) ? attributes['r:id'] : undefined;
      if (id) ids.push(id);
    },
  });
  return ids.flatMap((id) => relations.find((relation) => relation.id === id)?.part ?? '');
}

/** What slides have in common is told with the first of them, and again where it is another. */
class Common {
  private readonly archive: ZipArchive;
  private readonly said = new Set<string>();
  private readonly layouts = new Set<string>();

  constructor(archive: ZipArchive) {
    this.archive = archive;
  }

  notYetSaid(texts: string[]): string[] {
    return texts.filter((text) => !this.said.has(text) && this.said.add(text));
  }

  /** What the layout of a slide, and the master of the layout, show on it beside what is filled in. */
  async ofLayout(relations: Relation[]): Promise<string[]> {
    const layout = relations.find(({ type, part }) => /^slide(?:Layout|Master)$/.test(type) && !this.layouts.has(part))?.part;
    if (!layout || !this.archive.has(layout)) return [];
    this.layouts.add(layout);
    const { fixed, showsLayout } = await slideText(this.archive, layout);
    const above = showsLayout ? await relationsOf(this.archive, layout) : [];
    const masters = above.filter(({ type }) => type === 'slideMaster');
    return [...(await this.ofLayout(masters)), ...fixed];
  }
}
