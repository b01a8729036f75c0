import { Parser } from 'htmlparser2';
import { BeyondLimits } from '../extraction.ts';
import { Nesting } from './nesting.ts';
import type { XmlText } from './zip.ts';

export type XmlHandlers = {
  open(name: string, attributes: Record<string, string>): void;
  text?(text: string): void;
  close?(name: string): void;
};

/** The prefix each vocabulary is known by in here, whatever prefix a document gives it. */
const VOCABULARIES: [RegExp, string][] = [
  [/\/wordprocessingml\/|\/word\/2003\/wordml$/, 'w'],
  [/\/spreadsheetml\//, 's'],
  [/\/presentationml\//, 'p'],
  [/\/math$/, 'm'],
  [/\/markup-compatibility\//, 'mc'],
  [/\/drawingml\/(?:2006\/)?chart$/, 'c'],
  [/\/drawing\/20\d\d\/chartex$/, 'cx'],
  [/\/drawingml\/(?:2006\/)?diagram$/, 'dgm'],
  [/\/drawingml\/(?:2006\/)?main$/, 'a'],
  [/\/officeDocument\/(?:2006\/)?relationships$/, 'r'],
];
const OPEN_DOCUMENT = /^urn:oasis:names:tc:opendocument:xmlns:([a-z]+):/;

/**
 * Reads the XML of office formats as a stream of tags, without a tree. Names come with the prefix by which a vocabulary
 * is known, because documents are free to choose their own.
 */
export class OfficeXml {
  private readonly parser: Parser;
  private readonly prefixes = new Map<string, string>();
  private beginning = '';
  /** Whether an element ended only because another did, or all of the text: some of it is missing. */
  isTorn = false;

  constructor(handlers: XmlHandlers) {
    const nesting = new Nesting();
    let openedAt = -1;
    this.parser = new Parser(
      {
        onopentag: (name, attributes) => {
          nesting.open();
          openedAt = this.parser.endIndex;
          const known = this.knownAttributes(attributes);
          handlers.open(this.known(name), known);
        },
        ontext: (text) => handlers.text?.(text),
        onclosetag: (name, implied) => {
          nesting.close();
          // One that closes itself is told like one that nobody closed, with the same end.
          this.isTorn ||= implied && this.parser.endIndex !== openedAt;
          handlers.close?.(this.known(name));
        },
      },
      { xmlMode: true, decodeEntities: true },
    );
  }

  write(part: string): void {
    if (this.beginning.length < 4096) {
      this.beginning += part.slice(0, 4096);
      // Office never writes a document type with entities; one is the door to entity bombs.
      if (/<!DOCTYPE[^>]*\[|<!ENTITY/i.test(this.beginning)) {
        throw new BeyondLimits('The document contains XML that office programs do not write, and was refused.');
      }
    }
    this.parser.write(part);
  }

  end(): void {
    this.parser.end();
  }

  private known(name: string): string {
    const colon = name.indexOf(':');
    const prefix = colon < 0 ? '' : name.slice(0, colon);
    const known = this.prefixes.get(prefix);
    if (known === undefined || known === prefix) return name;
    return `${known}:${name.slice(colon + 1)}`;
  }

  private knownAttributes(attributes: Record<string, string>): Record<string, string> {
    const names = Object.keys(attributes);
    for (const name of names) {
      if (name === 'xmlns' || name.startsWith('xmlns:')) this.learn(name.slice(6), attributes[name]!);
    }
    if (names.every((name) => !name.includes(':') || this.known(name) === name)) return attributes;
    return Object.fromEntries(names.map((name) => [name.includes(':') ? this.known(name) : name, attributes[name]!]));
  }

  private learn(prefix: string, address: string): void {
    const vocabulary = OPEN_DOCUMENT.exec(address)?.[1] ?? VOCABULARIES.find(([pattern]) => pattern.test(address))?.[1];
    if (vocabulary) this.prefixes.set(prefix, vocabulary);
    else if (prefix !== '') this.prefixes.set(prefix, prefix);
  }
}

/** Reads a whole part at once, for what a handler gathers. */
export async function readXmlPart(text: XmlText, handlers: XmlHandlers): Promise<void> {
  const xml = new OfficeXml(handlers);
  for await (const part of text) xml.write(part);
  xml.end();
  if (xml.isTorn) text.onDamage?.();
}
