import { PDFDocument, StandardFonts } from 'pdf-lib';

export const BOILER_FACTS = [
  'The boiler in the north wing was installed in 1987 by Marta Kowalski.',
  'It is inspected every fourteen months by an external engineer.',
  'The pressure must stay below twelve bar at all times.',
];

/** A real PDF with one paragraph a page, made here so that no document of anybody else's is needed. */
export async function aPdf(paragraphs: readonly string[]): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  for (const paragraph of paragraphs)
    document.addPage([595, 842]).drawText(paragraph, { x: 50, y: 780, size: 12, font, maxWidth: 480, lineHeight: 16 });
  return document.save();
}
