/** A sign of a font: the letters it stands for, where it is drawn, and its width. Signs are drawn in the order given. */
export type Sign = [letters: string, x: number, width?: number];

const SIZE = 10;
const FIRST = 33;

/** A PDF of one line of signs, each placed by itself, in a font that stands for whatever letters are asked for. */
export function aDrawnPdf(signs: Sign[]): Buffer {
  const glyphs = [...new Map(signs.map(([letters, , width = SIZE / 2]) => [`${letters} ${width}`, { letters, width }])).values()];
  const codeOf = ([letters, , width = SIZE / 2]: Sign) =>
    hex(FIRST + glyphs.findIndex((glyph) => glyph.letters === letters && glyph.width === width));
  const widths = glyphs.map(({ width }) => (width * 1000) / SIZE).join(' ');
  const meanings = glyphs.map(({ letters }, i) => `<${hex(FIRST + i)}> <${Buffer.from(letters, 'utf16le').swap16().toString('hex')}>`);
  const map = `/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange ${glyphs.length} beginbfchar ${meanings.join(' ')} endbfchar endcmap end`;
  const content = `BT /F ${SIZE} Tf ${signs.map((sign) => `1 0 0 1 ${sign[1]} 700 Tm <${codeOf(sign)}> Tj`).join(' ')} ET`;
  return fileOf([
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>>',
    `<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FirstChar ${FIRST}/LastChar ${FIRST + glyphs.length - 1}/Widths[${widths}]/ToUnicode 6 0 R>>`,
    streamOf(content),
    streamOf(map),
  ]);
}

/** Letters from the right edge on, as they are drawn one by one from the right; a blank is no more than a distance. */
export function fromTheRight(text: string, right = 300, step = 6): Sign[] {
  return [...text].flatMap((letter, i): Sign[] => (letter === ' ' ? [] : [[letter, right - i * step]]));
}

const hex = (code: number) => code.toString(16).padStart(2, '0');
export const streamOf = (text: string, more = '') => `<<${more}/Length ${text.length}>>stream\n${text}\nendstream`;

/** A PDF of these objects; the first is the catalogue. */
export function fileOf(objects: string[]): Buffer {
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const offset = file.length;
    file += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  return Buffer.from(
    `${file}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer<</Size ${size}/Root 1 0 R>>\nstartxref\n${file.length}\n%%EOF`,
    'latin1',
  );
}

/** A PDF of one page on which forms hold forms, each three times the next: drawn to the end, it would take for ever. */
export function aPdfOfForms(depth: number): Buffer {
  const form = (i: number) =>
    streamOf(i === depth ? '' : '/X Do /X Do /X Do', `/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X ${i + 5} 0 R>>>>`);
  return fileOf([
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</X 5 0 R>>>>/Contents 4 0 R>>',
    streamOf('/X Do'),
    ...Array.from({ length: depth + 1 }, (_, i) => form(i + 1)),
  ]);
}
