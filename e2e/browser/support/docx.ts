import { crc32 } from 'node:zlib';

const PARTS = {
  '[Content_Types].xml':
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
  '_rels/.rels':
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' +
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
};

/** The smallest Word document: its paragraphs, and what makes it one. */
export function aDocx(paragraphs: readonly string[]): Uint8Array {
  const body = paragraphs.map((text) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`).join('');
  const document = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`;
  return zip({ ...PARTS, 'word/document.xml': document });
}

/** A ZIP archive whose entries are stored as they are. */
function zip(entries: Record<string, string>): Uint8Array {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, text] of Object.entries(entries)) {
    const [name, content] = [Buffer.from(path), Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${text}`)];
    const about = aboutOf(name, content);
    const local = Buffer.concat([numbers([0x04034b50, 4]), about, name, content]);
    directory.push(Buffer.concat([numbers([0x02014b50, 4], [20, 2]), about, numbers([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]), name]));
    locals.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = numbers([0x06054b50, 4], [0, 4], [directory.length, 2], [directory.length, 2], [listed.length, 4], [offset, 4], [0, 2]);
  return Buffer.concat([...locals, listed, end]);
}

/** Version, flags, method, time and date (the first of January 1980), checksum, sizes, and the lengths of name and extra field. */
const aboutOf = (name: Buffer, content: Buffer): Buffer =>
  numbers(
    [20, 2],
    [0, 2],
    [0, 2],
    [0, 2],
    [0x21, 2],
    [crc32(content), 4],
    [content.length, 4],
    [content.length, 4],
    [name.length, 2],
    [0, 2],
  );

/** Little-endian numbers, each with its width in bytes. */
function numbers(...fields: readonly (readonly [value: number, bytes: number])[]): Buffer {
  return Buffer.concat(
    fields.map(([value, bytes]) => {
      const field = Buffer.alloc(bytes);
      field.writeUIntLE(value, 0, bytes);
      return field;
    }),
  );
}
