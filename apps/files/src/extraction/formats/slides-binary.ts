import { createRequire } from 'node:module';
import { decodeBytes } from '../../text/charsets.ts';
import { PROTECTED } from '../detect.ts';
import { Unreadable, type Piece } from '../extraction.ts';
import type { Source } from '../source.ts';

type Entry = { content?: Uint8Array };
type Cfb = { read(bytes: Buffer, options: { type: 'buffer' }): object; find(container: object, name: string): Entry | null };

/** A record of PowerPoint's stream: a list of records, or bytes. */
type PptRecord = { type: number; instance: number; body: Buffer; children: PptRecord[] };

const RECORD = {
  document: 1000,
  slide: 1006,
  notes: 1008,
  slideList: 4080,
  slidePersist: 1011,
  textHeader: 3999,
  textChars: 4000,
  textBytes: 4008,
  string: 4026,
  userEdit: 4085,
  persistDirectory: 6002,
  drawing: 1036,
  comment: 12000,
  extension: 5003,
} as const;
const MOST_DEPTH = 30;
const MOST_EDITS = 1000;

/** A presentation of old: a page for each slide, with its notes. */
export async function* readPpt(source: Source): AsyncGenerator<Piece> {
  const { CFB } = createRequire(import.meta.url)('@e965/xlsx') as { CFB: Cfb };
  const { stream, user, text } = openStreams(CFB, await source.bytes());
  // The mark of a presentation that was given a password.
  if (user.length >= 16 && user.readUInt32LE(12) === 0xf3d1c4df) throw new Unreadable('encrypted', PROTECTED);
  const offsets = persistOffsets(stream, user);
  const document = [...offsets.values()].map((at) => recordAt(stream, at)).find((record) => record?.type === RECORD.document);
  // Before version 97 its text stands beside its slides.
  if (!document && text.length > 0) return yield decodeBytes(text, 'windows-1252').replace(/\r/g, '\n');
  if (!document) throw new Unreadable('failed', 'The presentation is damaged: its list of slides is missing.');
  const lists = document.children.filter(({ type }) => type === RECORD.slideList);
  const slides = entriesOf(lists.find(({ instance }) => instance === 0));
  const notes = entriesOf(lists.find(({ instance }) => instance === 2));
  for (const [i, slide] of slides.entries()) {
    const record = recordAt(stream, offsets.get(slide.persist) ?? -1);
    const shapes = [...drawingTexts(record), ...commentsOf(record)];
    const noted = notes[i] ? drawingTexts(recordAt(stream, offsets.get(notes[i].persist) ?? -1)) : [];
    yield { page: [...new Set([...slide.texts, ...shapes, ...(notes[i]?.texts ?? []), ...noted])].join('\n\n') };
  }
}

/** The streams of version 97, which stand apart where the file is of version 95 as well. */
function openStreams(cfb: Cfb, bytes: Buffer): { stream: Buffer; user: Buffer; text: Buffer } {
  try {
    const container = cfb.read(bytes, { type: 'buffer' });
    const found = (name: string) => cfb.find(container, `/PP97_DUALSTORAGE/${name}`) ?? cfb.find(container, `/${name}`);
    const content = (name: string) => Buffer.from(found(name)?.content ?? []);
    const stream = content('PowerPoint Document');
    if (stream.length === 0) throw new Error('no stream');
    return { stream, user: content('Current User'), text: content('Text_Content') };
  } catch (error) {
    throw new Unreadable('failed', 'The presentation is damaged and cannot be opened.', { cause: error });
  }
}

/** Where each part stands: the file grows with every save, and the last place counts. */
function persistOffsets(stream: Buffer, user: Buffer): Map<number, number> {
  const offsets = new Map<number, number>();
  let at = user.length >= 20 ? user.readUInt32LE(16) : -1;
  for (let edits = 0; edits < MOST_EDITS; edits += 1) {
    const edit = recordAt(stream, at);
    if (edit?.type !== RECORD.userEdit || edit.body.length < 16) break;
    learnOffsets(recordAt(stream, edit.body.readUInt32LE(12)), offsets);
    const before = edit.body.readUInt32LE(8);
    if (before === 0 || before >= at) break;
    at = before;
  }
  return offsets;
}

function learnOffsets(directory: PptRecord | null, offsets: Map<number, number>): void {
  if (directory?.type !== RECORD.persistDirectory) return;
  const { body } = directory;
  for (let at = 0; at + 4 <= body.length;) {
    const head = body.readUInt32LE(at);
    at += 4;
    for (let i = 0; i < head >>> 20 && at + 4 <= body.length; i += 1, at += 4) {
      const id = (head & 0xfffff) + i;
      if (!offsets.has(id)) offsets.set(id, body.readUInt32LE(at));
    }
  }
}

function recordAt(stream: Buffer, at: number, depth = 0): PptRecord | null {
  if (at < 0 || at + 8 > stream.length) return null;
  const head = stream.readUInt16LE(at);
  const length = stream.readUInt32LE(at + 4);
  const body = stream.subarray(at + 8, at + 8 + length);
  const record: PptRecord = { type: stream.readUInt16LE(at + 2), instance: head >> 4, body, children: [] };
  const isList = (head & 0xf) === 0xf || record.type === RECORD.extension;
  if (!isList || depth > MOST_DEPTH) return record;
  for (let inner = 0; inner + 8 <= body.length;) {
    const child = recordAt(body, inner, depth + 1);
    if (!child) break;
    record.children.push(child);
    inner += 8 + child.body.length;
  }
  return record;
}

/** The slides of a list in order, with the texts of their placeholders. */
function entriesOf(list: PptRecord | undefined): { persist: number; texts: string[] }[] {
  const entries: { persist: number; texts: string[] }[] = [];
  for (const record of list?.children ?? []) {
    if (record.type === RECORD.slidePersist && record.body.length >= 4) entries.push({ persist: record.body.readUInt32LE(0), texts: [] });
    else if (textOf(record)) entries.at(-1)?.texts.push(textOf(record));
  }
  return entries;
}

/** Texts of a slide that stand in its shapes. */
function drawingTexts(slide: PptRecord | null): string[] {
  const texts: string[] = [];
  const walk = (record: PptRecord) => {
    const text = textOf(record);
    if (text !== '') texts.push(text);
    for (const child of record.children) walk(child);
  };
  for (const child of slide?.children ?? []) if (child.type === RECORD.drawing) walk(child);
  return texts;
}

/** Who said what of a slide. */
function commentsOf(record: PptRecord | null): string[] {
  if (record?.type !== RECORD.comment) return record?.children.flatMap(commentsOf) ?? [];
  const said = (instance: number) =>
    record.children
      .find((child) => child.type === RECORD.string && child.instance === instance)
      ?.body.toString('utf16le')
      .trim() ?? '';
  const [author, text] = [said(0), said(1)];
  return text === '' ? [] : [author === '' ? text : `${author}: ${text}`];
}

function textOf({ type, body }: PptRecord): string {
  const raw = type === RECORD.textChars ? body.toString('utf16le') : type === RECORD.textBytes ? body.toString('latin1') : '';
  // A lone star stands for the number of the slide, and the like.
  const text = raw.replaceAll('\r', '\n').replaceAll('\v', '\n').trim();
  return text === '*' ? '' : text;
}
