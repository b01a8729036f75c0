import { Unreadable, type Piece, type Reading } from '../extraction.ts';
import type { Source } from '../source.ts';
import { writeTable } from '../table.ts';
import { chartText } from './drawing.ts';
import { mainPart, relationsOf } from './office-package.ts';
import { readXmlPart } from './office-xml.ts';
import { ZipArchive } from './zip.ts';

/** A presentation: a page for each slide, with its title first and its notes last. */
export async function* readPptx(source: Source, reading: Reading): AsyncGenerator<Piece> {
  const archive = await ZipArchive.open(source, reading.budget);
  const main = await mainPart(archive, 'ppt/presentation.xml');
  if (!archive.has(main)) throw new Unreadable('failed', 'The presentation is damaged: its list of slides is missing.');
  const slides = await slideParts(archive, main);
  for (const [i, slide] of slides.entries()) {
    const texts = [await slideText(archive, slide)];
    for (const { type, part } of await relationsOf(archive, slide)) {
      if (type === 'chart' || type === 'diagramData') for await (const text of chartText(archive, part)) texts.push(text);
      if (type === 'notesSlide' || /comments?$/i.test(type)) texts.push(await slideText(archive, part));
    }
    yield { page: texts.filter((text) => text.trim() !== '').join('\n\n') };
    reading.progress(Math.floor(((i + 1) / slides.length) * 100));
  }
}

async function slideParts(archive: ZipArchive, main: string): Promise<string[]> {
  const relations = await relationsOf(archive, main);
  const ids: string[] = [];
  await readXmlPart(archive.text(main), {
    open(name, attributes) {
      if (/(?:^|:)sldId$/.test(name)) ids.push(attributes['r:id'] ?? '');
    },
  });
  return ids.flatMap((id) => relations.find((relation) => relation.id === id)?.part ?? []).filter((part) => archive.has(part));
}

/** Placeholders that say the same on every slide. */
const SKIPPED_PLACEHOLDERS = new Set(['sldNum', 'sldImg', 'hdr', 'dt', 'ftr']);

type Shape = { parts: string[]; rank: number; skipped: boolean };

/** The shapes of a slide as they were laid down, its title first. */
async function slideText(archive: ZipArchive, part: string): Promise<string> {
  const shapes: Shape[] = [{ parts: [], rank: 1, skipped: false }];
  const open: Shape[] = [];
  let rows: string[][] | null = null;
  let cell: string[] | null = null;
  let inText = false;
  let fallback = 0;
  const say = (text: string) => (cell ?? (open.at(-1) ?? shapes[0]!).parts).push(text);
  await readXmlPart(archive.text(part), {
    open(name, attributes) {
      if (name === 'mc:Fallback') fallback += 1;
      if (fallback > 0) return;
      if (name === 'p:sp' || name === 'p:graphicFrame') {
        const shape = { parts: [], rank: 1, skipped: false };
        shapes.push(shape);
        open.push(shape);
      } else if (name === 'p:ph') {
        const shape = open.at(-1);
        if (shape && /itle$/.test(attributes.type ?? '') && !/^sub/.test(attributes.type ?? '')) shape.rank = 0;
        if (shape && SKIPPED_PLACEHOLDERS.has(attributes.type ?? '')) shape.skipped = true;
      } else if (name === 'a:tbl') rows = [];
      else if (name === 'a:tr') rows?.push([]);
      else if (name === 'a:tc') cell = [];
      else if (name === 'a:br') say('\n');
      inText = name === 'a:t' || name === 'p:text' || name === 'm:t';
    },
    text(text) {
      if (inText && fallback === 0) say(text);
    },
    close(name) {
      if (name === 'mc:Fallback') fallback -= 1;
      if (fallback > 0) return;
      inText = false;
      if (name === 'a:p' || name === 'p:text') say('\n');
      else if (name === 'a:tc' && cell) {
        rows?.at(-1)?.push(cell.join(''));
        cell = null;
      } else if (name === 'a:tbl' && rows) {
        say(`\n\n${writeTable(rows)}\n`);
        rows = null;
      } else if (name === 'p:sp' || name === 'p:graphicFrame') open.pop();
    },
  });
  const told = shapes.filter(({ skipped }) => !skipped).toSorted((a, b) => a.rank - b.rank);
  return told
    .map(({ parts }) => parts.join('').trim())
    .filter((text) => text !== '')
    .join('\n\n');
}
