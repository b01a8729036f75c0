import { BeyondLimits } from '../extraction.ts';

const MAX_DEPTH = 200;
/** A record whose values fit one line is told as one. */
const RECORD_CHARS = 600;

/** Values that may become one line, those of objects in it and of lists of values too; `path` leads to it. */
type JsonRecord = { path: string; values: string[]; chars: number; list: Frame | null };
type Frame = {
  kind: 'object' | 'array';
  path: string;
  key: string | null;
  index: number;
  /** Null once it holds more than fits a line. */
  record: JsonRecord | null;
};
/** What may come next. */
type Expect = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end';

const TOKEN = /[\s\ufeff]*(?:([[\]{}:,])|("[^"\\]*(?:\\.[^"\\]*)*")|(-?\d[\d.eE+-]*|true|false|null)(?=[\s,\]}]))/suy;
/** What a token may still grow from at the end of a piece. */
const UNFINISHED = /^[\s\ufeff]*(?:"[^"\\]*(?:\\.[^"\\]*)*\\?|-?[\d.eE+-]*|t(?:r(?:ue?)?)?|f(?:a(?:l(?:se?)?)?)?|n(?:u(?:ll?)?)?)$/su;
/** A string longer than this is no value of a document. */
const MOST_TOKEN_CHARS = 8 * 1024 * 1024;

/** Turns JSON into lines while it is read, without ever holding a value as a whole. Numbers stay as they are written. */
export class JsonLines {
  hasValues = false;
  private readonly stack: Frame[] = [];
  private expect: Expect = 'value';
  private rest = '';
  private lines: string[] = [];
  /** The first object of the file, until it is known whether others follow it. */
  private first: string[] | null = null;

  get isComplete(): boolean {
    return this.hasValues && this.stack.length === 0 && this.rest.trim() === '';
  }

  /** The lines that are certain by now; `rest` is what is no JSON any more, from the last whole value on. */
  add(part: string): { text: string; rest: string | null } {
    const text = this.rest + part;
    let at = 0;
    for (;;) {
      TOKEN.lastIndex = at;
      const found = TOKEN.exec(text);
      if (!found || !this.take(found)) break;
      at = TOKEN.lastIndex;
    }
    this.rest = text.slice(at);
    const goesOn = this.rest.length < MOST_TOKEN_CHARS && UNFINISHED.test(this.rest);
    if (!goesOn) this.releaseFirst('; ');
    return { text: this.flush(), rest: goesOn ? null : this.rest };
  }

  /** What is left when the text ends in the middle. */
  end(): string {
    const { text, rest } = this.rest.trim() === '' ? { text: '', rest: null } : this.add('\n');
    this.releaseFirst('\n');
    for (const frame of this.stack.toReversed()) this.spread(frame);
    return text + this.flush() + (rest ?? this.rest);
  }

  private flush(): string {
    const text = this.lines.map((line) => `${line}\n`).join('');
    this.lines = [];
    return text;
  }

  /** False when the token does not belong here. */
  private take([, mark, string, literal]: RegExpExecArray): boolean {
    if (mark === undefined) return this.takeScalar(string, literal);
    const frame = this.stack.at(-1);
    switch (mark) {
      case '{':
      case '[':
        return this.open(mark === '{' ? 'object' : 'array');
      case '}':
      case ']':
        return this.close(mark === '}' ? 'object' : 'array');
      case ':':
        if (this.expect !== 'colon') return false;
        this.expect = 'value';
        return true;
      default:
        if (this.expect !== 'comma-or-end' || !frame) return false;
        frame.index += 1;
        this.expect = frame.kind === 'object' ? 'key' : 'value';
        return true;
    }
  }

  private takeScalar(string: string | undefined, literal: string | undefined): boolean {
    const frame = this.stack.at(-1);
    if (string !== undefined && (this.expect === 'key' || this.expect === 'key-or-end') && frame) {
      frame.key = unquote(string);
      this.expect = 'colon';
      return true;
    }
    // A document that is one number or one word is plain text.
    if (!this.expectsValue() || !frame) return false;
    const value = string === undefined ? literal! : unquote(string);
    if (frame.record) this.put(frame, frame.record, value);
    else this.lines.push(`${placeIn(frame)}: ${value}`);
    this.expect = 'comma-or-end';
    return true;
  }

  private open(kind: Frame['kind']): boolean {
    if (!this.expectsValue()) return false;
    const parent = this.stack.at(-1);
    if (this.stack.length >= MAX_DEPTH) throw new BeyondLimits('The JSON is nested too deeply.');
    if (!parent) this.releaseFirst('; ');
    // A list of more than values is told record by record.
    else if (parent.kind === 'array') this.spread(parent);
    const path = parent ? placeIn(parent) : '';
    // Objects in lists, and objects line by line, are records.
    const isRecord = kind === 'object' && (!parent || parent.kind === 'array');
    const record = isRecord ? { path, values: [], chars: 0, list: null } : (parent?.record ?? null);
    this.stack.push({ kind, path, key: null, index: 1, record });
    this.expect = kind === 'object' ? 'key-or-end' : 'value-or-end';
    return true;
  }

  private close(kind: Frame['kind']): boolean {
    const frame = this.stack.at(-1);
    const mayEnd = this.expect === 'comma-or-end' || this.expect === (kind === 'object' ? 'key-or-end' : 'value-or-end');
    if (!frame || frame.kind !== kind || !mayEnd) return false;
    const { record } = frame;
    if (record?.path === frame.path && record.values.length > 1) {
      if (this.stack.length === 1 && !this.hasValues) this.first = record.values;
      else this.lines.push(`${record.path === '' ? '' : `${record.path}.`}${record.values.join('; ')}`);
    } else if (record?.path === frame.path) this.spread(frame);
    this.stack.pop();
    if (this.stack.length === 0) this.hasValues = true;
    this.expect = this.stack.length === 0 ? 'value' : 'comma-or-end';
    return true;
  }

  /** Alone, its values are lines; before others, it is a record like them. */
  private releaseFirst(between: '\n' | '; '): void {
    if (this.first) this.lines.push(this.first.join(between));
    this.first = null;
  }

  private put(frame: Frame, record: JsonRecord, value: string): void {
    const goesOn = frame.kind === 'array' && record.list === frame;
    if (goesOn) record.values.push(`${record.values.pop()}, ${value}`);
    else {
      const place = frame.kind === 'array' ? frame.path : placeIn(frame);
      record.values.push(`${record.path === '' ? place : place.slice(record.path.length + 1)}: ${value}`);
    }
    record.list = frame.kind === 'array' ? frame : null;
    record.chars += value.length + (goesOn ? 0 : frame.path.length - record.path.length);
    if (record.chars > RECORD_CHARS || value.includes('\n')) this.spread(frame);
  }

  /** What holds more than a line is told value by value after all. */
  private spread({ record }: Frame): void {
    if (!record) return;
    const prefix = record.path === '' ? '' : `${record.path}.`;
    this.lines.push(...record.values.map((value) => prefix + value));
    for (const frame of this.stack) if (frame.record === record) frame.record = null;
  }

  private expectsValue = () => this.expect === 'value' || this.expect === 'value-or-end';
}

function placeIn(frame: Frame): string {
  if (frame.kind === 'array') return `${frame.path}[${frame.index}]`;
  return frame.path === '' ? frame.key! : `${frame.path}.${frame.key}`;
}

function unquote(string: string): string {
  if (!string.includes('\\')) return string.slice(1, -1);
  try {
    return JSON.parse(string.replace(/\p{Cc}/gu, ' ')) as string;
  } catch {
    return string.slice(1, -1);
  }
}
