import { gzipSync, zstdCompressSync } from 'node:zlib';
import { write } from '@e965/xlsx';
import { anXlsx, aWorkbook } from '../../test/office.ts';
import { read, refusalOf, textOf } from '../../test/reading.ts';
import { annotationsOf } from './formats/pdf-annotations.ts';

const LOG = '2024-05-01 10:00:00 INFO Ingrid came aboard\n'.repeat(200);

/** A tape archive of one file. */
function aTar(name: string, text: string): Buffer {
  const head = Buffer.alloc(512);
  head.write(name);
  head.write(text.length.toString(8).padStart(11, '0'), 124);
  head.write(' '.repeat(8), 148);
  head.write('0', 156);
  head.write('ustar\u000000', 257);
  head.write(
    `${head
      .reduce((sum, byte) => sum + byte)
      .toString(8)
      .padStart(6, '0')}\u0000`,
    148,
  );
  return Buffer.concat([head, Buffer.from(text.padEnd(512, '\u0000')), Buffer.alloc(1024)]);
}

describe('a file packed alone', () => {
  it.each([
    ['gzip', 'harbour.log.gz', gzipSync(LOG), 'harbour.log'],
    ['Zstandard', 'harbour.log.zst', zstdCompressSync(Buffer.from(LOG)), 'harbour.log'],
    ['gzip, a document', 'fleet.xlsx.gz', gzipSync(anXlsx({ Fleet: [['Ingrid came aboard']] })), 'fleet.xlsx'],
    ['gzip, without a name', 'harbour', gzipSync(LOG), 'harbour'],
  ])('is read as what it is, under its name: %s', async (_how, name, bytes, inner) => {
    const text = await textOf(name, bytes);
    expect(text).toMatch(new RegExp(`^${inner}\n\n`));
    expect(text).toContain('Ingrid came aboard');
  });

  it('is opened as the archive that it is: tar in Zstandard', async () => {
    const packed = zstdCompressSync(aTar('fleet.txt', 'Ingrid came aboard.'));
    expect(await textOf('harbour.tar.zst', packed)).toBe('fleet.txt\n\nIngrid came aboard.');
  });

  it('is read up to where it is damaged', async () => {
    const lines = Array.from({ length: 9000 }, (_, i) => `line ${i} ${Math.sin(i)}`).join('\n');
    const packed = gzipSync(lines);
    const { text, missing } = await read('a.log.gz', packed.subarray(0, packed.length - 20_000));
    expect(text).toContain('line 100 ');
    expect(missing).toContain('damaged');
    expect(await refusalOf('a.log.gz', packed.subarray(0, 12))).toBe('failed');
  });

  it('that unpacks without end is refused', async () => {
    expect(await refusalOf('a.gz', gzipSync(Buffer.alloc(300 * 1024 * 1024)))).toBe('failed');
  });

  it('in a way that cannot be unpacked is called so, not damaged', async () => {
    const bzip2 = Buffer.from('425a683931415926535900000000000000000000', 'hex');
    expect(await refusalOf('a.log.bz2', bzip2)).toBe('unsupported');
    expect(await refusalOf('a.tar.bz2', bzip2)).toBe('failed');
  });
});

describe('a sheet of Excel from before it had a container', () => {
  it.each(['biff2', 'biff3', 'biff4'] as const)('is read: %s', async (bookType) => {
    const sheet = {
      '!ref': 'A1:B2',
      A1: { t: 's', v: 'Boat' },
      B1: { t: 's', v: 'Built' },
      A2: { t: 's', v: 'Brise' },
      B2: { t: 'n', v: 1988 },
    };
    const bytes = write({ SheetNames: ['Fleet'], Sheets: { Fleet: sheet } } as never, {
      type: 'buffer',
      bookType: bookType as never,
    }) as Buffer;
    expect(await textOf('a.xls', bytes)).toContain('Boat: Brise; Built: 1988');
  });
});

describe('a document that is cut', () => {
  it('of rich text is read up to there, and says so', async () => {
    const { text, missing } = await read('a.rtf', '{\\rtf1\\ansi The keeper is Ingrid.\\par {\\b She lives');
    expect(text).toContain('The keeper is Ingrid.');
    expect(missing).toContain('ends in the middle');
    expect((await read('a.rtf', '{\\rtf1\\ansi The keeper is Ingrid.}')).missing).toBeUndefined();
  });

  it('of old Office is damaged, not of a kind that is not read', async () => {
    const whole = aWorkbook({ Fleet: [['Ingrid came aboard']] }, 'biff8');
    expect(await refusalOf('a.xls', whole.subarray(0, 1000))).toBe('failed');
  });
});

describe('a PDF', () => {
  it('of certain readers is encrypted, not damaged', async () => {
    const objects = [
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [] /Count 0 >>',
      '<< /Filter /Adobe.PubSec /SubFilter /adbe.pkcs7.s5 /V 4 /Length 128 >>',
    ];
    const body = `%PDF-1.6\n${objects.map((object, i) => `${i + 1} 0 obj\n${object}\nendobj\n`).join('')}`;
    const trailer = `trailer\n<< /Root 1 0 R /Encrypt 3 0 R /Size 4 /ID [<00> <00>] >>\n%%EOF\n`;
    expect(await refusalOf('a.pdf', Buffer.from(body + trailer))).toBe('encrypted');
  });

  it('has the values of fields that are kept as formatted text alone', () => {
    const field = {
      subtype: 'Widget',
      fieldType: 'Tx',
      fieldName: 'remark',
      fieldValue: '',
      textContent: ['Mind', 'the step'],
      rect: [50, 700, 300, 720],
    };
    expect(annotationsOf([field], []).placed.map(({ text }) => text)).toEqual(['remark: Mind the step']);
  });
});
