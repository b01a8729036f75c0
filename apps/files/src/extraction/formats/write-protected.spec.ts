import { aDocx, aParagraph } from '../../../test/documents.ts';
import { aLockedXls, anAgileDocument, aStandardDocument } from '../../../test/encrypted.ts';
import { anXlsx } from '../../../test/office.ts';
import { refusalOf, textOf } from '../../../test/reading.ts';

const FLEET = [
  ['Boat', 'Built'],
  ['Brise', '1988'],
];
const OFFICE = 'VelvetSweatshop';

describe('a document that Office encrypted although nobody chose a password', () => {
  it.each([
    ['since 2010', anAgileDocument],
    ['in 2007', aStandardDocument],
  ])('is read: as Office does it %s', async (_when, encrypt) => {
    expect(await textOf('a.xlsx', encrypt(anXlsx({ Fleet: FLEET }), OFFICE))).toBe('Fleet\n\nBoat | Built\n\nBoat: Brise; Built: 1988');
    expect(await textOf('a.docx', encrypt(aDocx(aParagraph('The keeper is Ingrid.')), OFFICE))).toBe('The keeper is Ingrid.');
  });

  it.each(['rc4', 'rc4 of its library', 'xor'] as const)('is read: a workbook of old, by %s', async (way) => {
    expect(await textOf('a.xls', aLockedXls(FLEET, way))).toBe('Fleet\n\nBoat | Built\n\nBoat: Brise; Built: 1988');
  });

  it.each([anAgileDocument, aStandardDocument])('is called protected with a password of somebody’s own', async (encrypt) => {
    expect(await refusalOf('a.xlsx', encrypt(anXlsx({ Fleet: FLEET }), 'secret'))).toBe('encrypted');
  });
});
