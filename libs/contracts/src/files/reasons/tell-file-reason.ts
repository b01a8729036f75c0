import { REASON_WORDS } from './reason-words.ts';

type Words = keyof typeof REASON_WORDS;
const COLUMNS: Record<string, 0 | 1> = { de: 0, vi: 1 };

/** A sentence of the server: what it is told as, also where its number is one, and whether what it ends with is a cause. */
type Sentence = { is: RegExp; as: Words; ofOne?: Words; counts?: true; endsInCause?: true };

/** What stopped a reader, as it stands in a sentence. */
const CAUSES: Sentence[] = [
  {
    is: /^it takes longer than (\d+) seconds$/,
    as: 'it takes longer than {0} seconds',
    ofOne: 'it takes longer than a second',
    counts: true,
  },
  { is: /^one part of it takes longer/, as: 'one part of it takes longer than a whole document does' },
  { is: /^it needs more memory/, as: 'it needs more memory than a file may take' },
  { is: /^it unfolds to far more text/, as: 'it unfolds to far more text than a file may have' },
  { is: /^the system ended its reader/, as: 'the server was too busy in every try' },
  { is: /^it is damaged/, as: 'it is damaged in a way that stops the reader' },
];

/** Those that begin like what they are told as. */
const plain = (as: Words): Sentence => ({ is: new RegExp(`^${as.replaceAll('.', '\\.')}$`), as });

/**
 * The sentences of which the server makes up why a file is as it is. What went wrong inside a file helps nobody who cannot
 * mend it: all ways of being damaged are one here.
 */
const SENTENCES: Sentence[] = [
  plain('What was read before is kept: trying again failed.'),
  plain('The file could not be read in several tries.'),
  plain('It can be tried again.'),
  plain('What was stored of this file is gone.'),
  plain('It can be read again once it is restored, or uploaded anew.'),
  plain('Waits for the virus scanner, which is away.'),
  plain('It is read as soon as that is back.'),
  {
    is: /^The file is larger than what the virus scanner checks/,
    as: 'The file is larger than what the virus scanner checks, so it is neither read nor handed out.',
  },
  plain('Ask an admin.'),
  { is: /^A virus was found in it: (.+)\.$/, as: 'A virus was found in it: {0}.' },
  plain('It is neither read nor handed out.'),
  plain('Delete it, and check where it came from.'),
  { is: /^The \w+ is protected with a password\.$/, as: 'The file is protected with a password.' },
  plain('The PDF is encrypted for certain readers.'),
  { is: /^Remove the p\w+ and upload it again\.$/, as: 'Remove the protection and upload it again.' },
  { is: /^The book is protected against copying/, as: 'The book is protected against copying, and cannot be read here.' },
  {
    is: /^The content is not (?:of a kind we know, and its text cannot be read here|text, whatever its beginning looks like)\.$/,
    as: 'The content is not of a kind that is read here.',
  },
  { is: /^This is .+, and its text cannot be read here\.$/, as: 'Text is not read from this kind of file.' },
  plain('It can still be downloaded.'),
  plain('A file that is packed like this cannot be read here.'),
  plain('Unpack it, or pack it as ZIP or GZIP.'),
  plain('The file is empty.'),
  { is: /^No text was found: it may be a scan/, as: 'No text was found: it may be a scan or consist of pictures only.' },
  plain('No text was found in the picture.'),
  plain('The picture is too large to look for text in it.'),
  plain('The notebook is larger than can be read.'),
  {
    is: /^(?:The JSON is nested too deeply|The file nests its parts deeper|Files are packed inside files more deeply|The file has more parts than|The document contains XML that office)/,
    as: 'The file is built as no ordinary document is, and was refused.',
  },
  {
    is: /(?:unpacks to far more than its size|multiplies its own text)/,
    as: 'The file unpacks to far more than its size, and was refused.',
  },
  {
    is: /^(?:The [\w ]+ is damaged and could not be read to its end|The [\w ]+ ends in the middle.*|The packed file is damaged: it could be read up to there only)\.$/,
    as: 'The file is damaged: it could be read up to some place only.',
  },
  {
    is: /^(?:The [\w ]+ is damaged|None of its pages could be read|The notebook is not complete)/,
    as: 'The file is damaged and cannot be opened.',
  },
  { is: /^Many of its characters are damaged/, as: 'Many of its characters are damaged and could not be read.' },
  plain('A file inside is damaged and was left out.'),
  { is: /^(.+) is damaged and was left out\.$/, as: '{0} is damaged and was left out.' },
  { is: /^Some pages could not be read: ([\d, ]+)\.$/, as: 'Some pages could not be read: {0}.' },
  { is: /^Some pages could not be read: ([\d, ]+) and more\.$/, as: 'Some pages could not be read: {0} and more.' },
  { is: /^Only the beginning of the message was read/, as: 'Only the beginning of the message was read: it is too long.' },
  {
    is: /^Only the first ([\d,]+) characters were read/,
    as: 'Only the first {0} characters were read: the text is longer than that.',
    counts: true,
  },
  {
    is: /^Only the first ([\d,]+) files of the archive were read\.$/,
    as: 'Only the first {0} files of the archive were read.',
    counts: true,
  },
  {
    is: /^Only the first ([\d,]+) pages were read\.$/,
    as: 'Only the first {0} pages were read.',
    ofOne: 'Only the first page was read.',
    counts: true,
  },
  {
    is: /^Only the first ([\d,]+) pages were read: (.+)\.$/,
    as: 'Only the first {0} pages were read: {1}.',
    ofOne: 'Only the first page was read: {1}.',
    counts: true,
    endsInCause: true,
  },
  { is: /^The file could not be read: (.+)\.$/, as: 'The file could not be read: {0}.', endsInCause: true },
];

/**
 * Why a file is as it is (`statusReason`), sentence by sentence, for who does not read the English of the server.
 * @param language a language that is spoken here; English, a little plainer, for any other
 * @returns undefined where one of the sentences is not known
 */
export function tellFileReason(reason: string, language: string): string | undefined {
  const told = reason.split(/(?<=\.) (?=[A-Z])/).map((sentence) => tell(SENTENCES, sentence, language));
  return told.every((sentence) => sentence !== undefined) ? told.join(' ') : undefined;
}

function tell(known: readonly Sentence[], sentence: string, language: string): string | undefined {
  for (const { is, as, ofOne, counts, endsInCause } of known) {
    const found = is.exec(sentence);
    if (!found) continue;
    const values: (string | undefined)[] = found.slice(1);
    const count = Number(values[0]?.replaceAll(',', ''));
    if (counts) values[0] = count.toLocaleString(language);
    if (endsInCause) {
      const cause = tell(CAUSES, values.pop() ?? '', language);
      if (cause === undefined) return undefined;
      values.push(cause);
    }
    return wordsOf(count === 1 ? (ofOne ?? as) : as, language).replaceAll(/\{(\d)\}/g, (_, place: string) => values[Number(place)] ?? '');
  }
  return undefined;
}

function wordsOf(words: Words, language: string): string {
  const column = COLUMNS[language];
  return column === undefined ? words : REASON_WORDS[words][column];
}
