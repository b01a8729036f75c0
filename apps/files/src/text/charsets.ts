import iconv from 'iconv-lite';

/** Names under which documents really use a larger set (as browsers read them). */
const SUPERSETS: Record<string, string> = {
  'iso-8859-1': 'windows-1252',
  'us-ascii': 'windows-1252',
  ascii: 'windows-1252',
  'iso-8859-9': 'windows-1254',
  gb2312: 'gb18030',
  gbk: 'gb18030',
  shift_jis: 'cp932',
  'euc-kr': 'cp949',
};

/** Writes the tones of Vietnamese as characters of their own behind the letter. */
const TONES_APART = 'windows-1258';

export const canonicalName = (name: string): string => SUPERSETS[name.toLowerCase()] ?? name.toLowerCase();

/** iconv-lite lacks the stateful Japanese sets, which the platform has. */
export function canDecode(name: string): boolean {
  return iconv.encodingExists(canonicalName(name)) || platformName(name) !== null;
}

export function decodeBytes(bytes: Buffer, name: string): string {
  const encoding = canonicalName(name);
  const text = iconv.encodingExists(encoding) ? iconv.decode(bytes, encoding, { stripBOM: true }) : new TextDecoder(encoding).decode(bytes);
  return encoding === TONES_APART ? text.normalize('NFC') : text;
}

export type StreamDecoder = { write(chunk: Buffer): string; end(): string };

/** Decodes piece by piece; a character may begin in one and end in the next. */
export function streamDecoder(name: string): StreamDecoder {
  const encoding = canonicalName(name);
  // The platform's own decoder is many times faster, where it knows the set.
  if (encoding === 'utf-8' || encoding === 'utf-16le' || !iconv.encodingExists(encoding)) {
    const decoder = new TextDecoder(encoding);
    return { write: (chunk) => decoder.decode(chunk, { stream: true }), end: () => decoder.decode() };
  }
  const decoder = iconv.getDecoder(encoding, { stripBOM: true });
  const pieces: StreamDecoder = { write: (chunk) => decoder.write(chunk), end: () => decoder.end() ?? '' };
  return encoding === TONES_APART ? composed(pieces) : pieces;
}

/** The last letter of a piece waits for the sign that may begin the next. */
function composed(pieces: StreamDecoder): StreamDecoder {
  let waiting = '';
  return {
    write: (chunk) => {
      const text = waiting + pieces.write(chunk);
      waiting = text.slice(-1);
      return text.slice(0, -1).normalize('NFC');
    },
    end: () => (waiting + pieces.end()).normalize('NFC'),
  };
}

/** What browsers understand by a name ("unicode" is UTF-16 to them); null when they know none. */
export function platformName(name: string): string | null {
  try {
    return new TextDecoder(name).encoding;
  } catch {
    return null;
  }
}
