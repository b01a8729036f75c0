import { plural, t } from '@lingui/core/macro';
import { numberText } from './formats.ts';

const count = (digits: string | undefined): number => Number((digits ?? '').replaceAll(',', ''));

/** What stopped a reader, as it stands in a sentence of its own kind. */
const STOPS: [RegExp, (seconds: number) => string][] = [
  [
    /^it takes longer than (\d+) seconds$/,
    (seconds) => plural(seconds, { one: 'it takes longer than # second', other: 'it takes longer than # seconds' }),
  ],
  [/^one part of it takes longer/, () => t`one part of it takes longer than a whole document does`],
  [/^it needs more memory/, () => t`it needs more memory than a file may take`],
  [/^it unfolds to far more text/, () => t`it unfolds to far more text than a file may have`],
  [/^the system ended its reader/, () => t`the server was too busy in every try`],
  [/^it is damaged/, () => t`it is damaged in a way that stops the reader`],
];

/**
 * The sentences of which the server makes up why a file is as it is, each told to a person who does not read them. What went
 * wrong inside a file helps nobody who cannot mend it: all ways of being damaged are one here.
 */
const SENTENCES: [RegExp, (...parts: (string | undefined)[]) => string | undefined][] = [
  [/^What was read before is kept: trying again failed\.$/, () => t`What was read before is kept: trying again failed.`],
  [/^The file could not be read in several tries\.$/, () => t`The file could not be read in several tries.`],
  [/^It can be tried again\.$/, () => t`It can be tried again.`],
  [/^What was stored of this file is gone\.$/, () => t`What was stored of this file is gone.`],
  [/^It can be read again once it is restored, or uploaded anew\.$/, () => t`It can be read again once it is restored, or uploaded anew.`],
  [/^Waits for the virus scanner, which is away\.$/, () => t`Waits for the virus scanner, which is away.`],
  [/^It is read as soon as that is back\.$/, () => t`It is read as soon as that is back.`],
  [
    /^The file is larger than what the virus scanner checks/,
    () => t`The file is larger than what the virus scanner checks, so it is neither read nor handed out.`,
  ],
  [/^Ask an admin\.$/, () => t`Ask an admin.`],
  [/^A virus was found in it: (.+)\.$/, (threat = '') => t`A virus was found in it: ${threat}.`],
  [/^It is neither read nor handed out\.$/, () => t`It is neither read nor handed out.`],
  [/^Delete it, and check where it came from\.$/, () => t`Delete it, and check where it came from.`],
  [/^The \w+ is protected with a password\.$/, () => t`The file is protected with a password.`],
  [/^The PDF is encrypted for certain readers\.$/, () => t`The PDF is encrypted for certain readers.`],
  [/^Remove the p\w+ and upload it again\.$/, () => t`Remove the protection and upload it again.`],
  [/^The book is protected against copying/, () => t`The book is protected against copying, and cannot be read here.`],
  [
    /^The content is not (?:of a kind we know, and its text cannot be read here|text, whatever its beginning looks like)\.$/,
    () => t`The content is not of a kind that is read here.`,
  ],
  [/^This is .+, and its text cannot be read here\.$/, () => t`Text is not read from this kind of file.`],
  [/^It can still be downloaded\.$/, () => t`It can still be downloaded.`],
  [/^A file that is packed like this cannot be read here\.$/, () => t`A file that is packed like this cannot be read here.`],
  [/^Unpack it, or pack it as ZIP or GZIP\.$/, () => t`Unpack it, or pack it as ZIP or GZIP.`],
  [/^The file is empty\.$/, () => t`The file is empty.`],
  [/^No text was found: it may be a scan/, () => t`No text was found: it may be a scan or consist of pictures only.`],
  [/^No text was found in the picture\.$/, () => t`No text was found in the picture.`],
  [/^The picture is too large to look for text in it\.$/, () => t`The picture is too large to look for text in it.`],
  [/^The notebook is larger than can be read\.$/, () => t`The notebook is larger than can be read.`],
  [
    /^(?:The JSON is nested too deeply|The file nests its parts deeper|Files are packed inside files more deeply|The file has more parts than|The document contains XML that office)/,
    () => t`The file is built as no ordinary document is, and was refused.`,
  ],
  [/(?:unpacks to far more than its size|multiplies its own text)/, () => t`The file unpacks to far more than its size, and was refused.`],
  [
    /^(?:The [\w ]+ is damaged and could not be read to its end|The [\w ]+ ends in the middle.*|The packed file is damaged: it could be read up to there only)\.$/,
    () => t`The file is damaged: it could be read up to some place only.`,
  ],
  [
    /^(?:The [\w ]+ is damaged|None of its pages could be read|The notebook is not complete)/,
    () => t`The file is damaged and cannot be opened.`,
  ],
  [/^Many of its characters are damaged/, () => t`Many of its characters are damaged and could not be read.`],
  [/^A file inside is damaged and was left out\.$/, () => t`A file inside is damaged and was left out.`],
  [/^(.+) is damaged and was left out\.$/, (name = '') => t`${name} is damaged and was left out.`],
  [
    /^Some pages could not be read: ([\d, ]+?)( and more)?\.$/,
    (pages = '', more) => (more ? t`Some pages could not be read: ${pages} and more.` : t`Some pages could not be read: ${pages}.`),
  ],
  [/^Only the beginning of the message was read/, () => t`Only the beginning of the message was read: it is too long.`],
  [
    /^Only the first ([\d,]+) characters were read/,
    (characters) => t`Only the first ${numberText(count(characters))} characters were read: the text is longer than that.`,
  ],
  [
    /^Only the first ([\d,]+) files of the archive were read\.$/,
    (files) => t`Only the first ${numberText(count(files))} files of the archive were read.`,
  ],
  [
    /^Only the first ([\d,]+) pages were read\.$/,
    (pages) => plural(count(pages), { one: 'Only the first page was read.', other: 'Only the first # pages were read.' }),
  ],
  [
    /^Only the first ([\d,]+) pages were read: (.+)\.$/,
    (pages, why) => {
      const because = stopOf(why);
      return (
        because &&
        plural(count(pages), { one: `Only the first page was read: ${because}.`, other: `Only the first # pages were read: ${because}.` })
      );
    },
  ],
  [
    /^The file could not be read: (.+)\.$/,
    (why) => {
      const because = stopOf(why);
      return because && t`The file could not be read: ${because}.`;
    },
  ],
];

function stopOf(why = ''): string | undefined {
  for (const [known, say] of STOPS) {
    const found = known.exec(why);
    if (found) return say(Number(found[1]));
  }
  return undefined;
}

function ofSentence(sentence: string): string | undefined {
  for (const [known, say] of SENTENCES) {
    const found = known.exec(sentence);
    if (found) return say(...found.slice(1));
  }
  return undefined;
}

/** @returns all that the server says, sentence by sentence; undefined where one of them is not known here */
export function ofFileReason(reason: string): string | undefined {
  const told = reason.split(/(?<=\.) (?=[A-Z])/).map(ofSentence);
  return told.every((sentence) => sentence !== undefined) ? told.join(' ') : undefined;
}
