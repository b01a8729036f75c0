import type { Piece } from '../extraction.ts';
import type { Source } from '../source.ts';
import { contentLines } from './content-lines.ts';

const LABELS: Record<string, string> = {
  FN: 'Name',
  NICKNAME: 'Nickname',
  ORG: 'Organization',
  TITLE: 'Title',
  ROLE: 'Role',
  TEL: 'Phone',
  EMAIL: 'E-mail',
  ADR: 'Address',
  BDAY: 'Birthday',
  URL: 'URL',
  NOTE: 'Note',
  CATEGORIES: 'Categories',
};

/** Contacts (vCard): a line for each person, so that a number is quoted with its owner. */
export async function* readContacts(source: Source): AsyncGenerator<Piece> {
  let facts: string[] = [];
  let structuredName = '';
  for await (const { name, parameters, value } of contentLines(source)) {
    if (name === 'N') structuredName = ordered(value);
    else if (name === 'END') {
      const named =
        facts.some((fact) => fact.startsWith('Name: ')) || structuredName === '' ? facts : [`Name: ${structuredName}`, ...facts];
      if (named.length > 0)
        yield `${named.toSorted((a, b) => Number(b.startsWith('Name: ')) - Number(a.startsWith('Name: '))).join('; ')}\n\n`;
      facts = [];
      structuredName = '';
    } else if (LABELS[name]) {
      const text = (name === 'ADR' || name === 'ORG' ? parts(value).join(', ') : value).replace(/^tel:/, '').replace(/\s+/g, ' ').trim();
      if (text !== '') facts.push(`${LABELS[name]}${kindOf(parameters)}: ${text}`);
    }
  }
}

const parts = (value: string) =>
  value
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');
/** Family name, given name, others, title before, title after. */
const ordered = (value: string) => {
  const [family, given, other, before, after] = value.split(';');
  return [before, given, other, family, after].filter((part) => part?.trim()).join(' ');
};

const KINDS = /\b(work|home|cell|mobile|fax|main)\b/i;
function kindOf(parameters: Record<string, string>): string {
  const kind = KINDS.exec(`${parameters.TYPE ?? ''} ${Object.keys(parameters).join(' ')}`)?.[1];
  return kind ? ` (${kind.toLowerCase()})` : '';
}
