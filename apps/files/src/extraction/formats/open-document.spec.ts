import { aZip } from '../../../test/documents.ts';
import { anOpenDocument, odfTable } from '../../../test/office.ts';
import { refusalOf, textOf } from '../../../test/reading.ts';

const FLEET = [
  ['Boat', 'Built'],
  ['Brise', '1988'],
];
const BRISE = 'Boat: Brise; Built: 1988';

describe('a text of OpenDocument', () => {
  it('is read with its lists, notes and tables, without what is hidden or deleted', async () => {
    const hidden = '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>';
    const body = `<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes><text:h>Port</text:h><text:p>One<text:s text:c="2"/>two<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body></text:note></text:p>
      <text:p text:style-name="H">hidden</text:p><text:list><text:list-item><text:p>item</text:p></text:list-item></text:list>${odfTable([...FLEET, ['Aurora', '1962']])}`;
    const text = await textOf('a.odt', anOpenDocument('text', body, hidden));
    expect(text).toContain('Port\n\nOne two (A note. )');
    expect(text).toContain('- item');
    expect(text).toContain(BRISE);
    expect(text).not.toMatch(/hidden|deleted/);
  });

  it('has what is written of a picture, and not the name of its file', async () => {
    const picture = (words: string) => `<text:p><draw:frame><svg:desc>${words}</svg:desc></draw:frame></text:p>`;
    const body = `${picture('The lighthouse at dusk')}${picture('tower.jpg')}<text:p>After.</text:p>`;
    expect(await textOf('a.odt', anOpenDocument('text', body))).toBe('The lighthouse at dusk\n\nAfter.');
  });

  const protectedPart = (part: string) =>
    aZip([
      { name: 'mimetype', bytes: 'application/vnd.oasis.opendocument.text', stored: true },
      {
        name: 'content.xml',
        bytes: '<office:document-content><office:body><text:p>The key.</text:p></office:body></office:document-content>',
      },
      {
        name: 'META-INF/manifest.xml',
        bytes: `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/"/><manifest:file-entry manifest:full-path="${part}"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>`,
      },
    ]);

  it('says when it is protected', async () => {
    expect(await refusalOf('a.odt', protectedPart('content.xml'))).toBe('encrypted');
  });

  it('is read where a password protects its macros alone', async () => {
    expect(await textOf('a.odt', protectedPart('Basic/Fleet/Module1.xml'))).toBe('The key.');
  });

  it('is read without its tags where it is one XML file', async () => {
    const names = ['office', 'text'].map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`).join(' ');
    const body = '<office:body><office:text><text:p>The keeper is <text:span>Ingrid</text:span>.</text:p></office:text></office:body>';
    const meta = '<office:meta><x>not on the page</x></office:meta>';
    expect(await textOf('a.fodt', `<?xml version="1.0"?><office:document ${names}>${meta}${body}</office:document>`)).toBe(
      'The keeper is Ingrid.',
    );
  });
});
