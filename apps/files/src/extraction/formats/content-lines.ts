import { decodeBytes } from '../../text/charsets.ts';
import type { Source } from '../source.ts';

export type ContentLine = { name: string; parameters: Record<string, string>; value: string };

/** The lines of calendars and contacts: a name, parameters and a value, folded over several lines where they are long. */
export async function* contentLines(source: Source): AsyncGenerator<ContentLine> {
  let open: string | null = null;
  for await (const line of source.lines()) {
    if (open !== null && /^[ \t]/.test(line)) open += line.slice(1);
    else if (open !== null && isQuotedPrintable(open) && open.endsWith('=')) open = open.slice(0, -1) + line;
    else {
      if (open !== null) yield* parse(open);
      open = line;
    }
  }
  if (open !== null) yield* parse(open);
}

const isQuotedPrintable = (line: string) => /^[^:]*;[^:]*QUOTED-PRINTABLE/i.test(line);

function* parse(line: string): Generator<ContentLine> {
  const found = /^(?:[\w-]+\.)?([\w-]+)((?:;(?:[^":;]|"[^"]*")*)*):(.*)$/s.exec(line);
  if (!found) return;
  const [, name, rest, raw] = found;
  const parameters: Record<string, string> = {};
  for (const [, key, value] of rest!.matchAll(/;([\w-]+)(?:=((?:[^";]|"[^"]*")*))?/g)) {
    parameters[key!.toUpperCase()] = (value ?? '').replaceAll('"', '');
  }
  yield { name: name!.toUpperCase(), parameters, value: unescape(isQuotedPrintable(line) ? unquote(raw!, parameters.CHARSET) : raw!) };
}

function unquote(value: string, charset = 'utf-8'): string {
  const bytes = value.replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return decodeBytes(Buffer.from(bytes, 'latin1'), charset);
}

const unescape = (value: string) => value.replace(/\\([nN,;\\])/g, (_, mark: string) => (/n/i.test(mark) ? '\n' : mark));
