import { textOf } from '../../../test/reading.ts';

const BRISE = 'Boat: Brise; Built: 1988';

describe('rich text', () => {
  it('is read in the sets of its fonts, with tables, without what is hidden', async () => {
    const source = String.raw`{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}{\f2\fcharset128 MS;}}{\info{\title no}}{\*\generator no}
\f0 Gr\'fc\'dfe {\v hidden}\par {\f1\'cf\'f0\'e8\'e2\'e5\'f2}\par {\f2\'93\'8c\'8b\'9e}\par \u8364?5\par
\trowd\cellx1\cellx2\intbl Boat\cell Built\cell\row\intbl Brise\cell 1988\cell\row\pard after\par}`;
    const text = await textOf('a.rtf', Buffer.from(source, 'latin1'));
    expect(text).toContain('Grüße');
    expect(text).toContain('Привет\n\n東京\n\n€5');
    expect(text).toContain(BRISE);
    expect(text).not.toMatch(/hidden|no\b|Arial/);
  });
});

describe('a group of rich text that stands elsewhere on the page', () => {
  it('does not run into the text around it', async () => {
    const source = String.raw`{\rtf1\ansi{\header Norwick Press}First line{\footnote  See the map.} goes on.\par{\footer Page one}Second.\par}`;
    expect(await textOf('a.rtf', source)).toBe('Norwick Press\n\nFirst line (See the map.) goes on.\n\nPage one\n\nSecond.');
  });
});

describe('a box of text in rich text', () => {
  it('is read as old programs draw it, and once where new ones draw it for them too', async () => {
    const drawn = (text: string) => String.raw`{\*\do\dobxpage\dptxbx{\dptxbxtext\dpx227 ${text}\par}}`;
    const shape = String.raw`{\shp{\*\shpinst\shpleft1{\shptxt Open daily\par}}{\shprslt${drawn('Open daily')}}}`;
    expect(await textOf('a.rtf', String.raw`{\rtf1\ansi Before ${drawn('Mind the step')}after\par ${shape}End\par}`)).toMatch(
      /^Before\s+Mind the step\s+after\s+Open daily\s+End$/,
    );
  });
});

describe('a table of rich text', () => {
  it('is told by its rows where nothing else says that it is one', async () => {
    const row = (...cells: string[]) =>
      String.raw`\trowd\cellx1000\cellx2000 ${cells.map((cell) => String.raw`${cell}\cell`).join(' ')}\row `;
    const source = String.raw`{\rtf1\ansi Before\par ${row('Boat', 'Built')}${row('Aurora', '1962')}${row('Brise', '1988')}After\par}`;
    expect(await textOf('a.rtf', source)).toBe('Before\n\nBoat | Built\n\nBoat: Aurora; Built: 1962\nBoat: Brise; Built: 1988\n\nAfter');
  });

  it('is told by its rows where their paragraphs begin anew without a word of the table', async () => {
    const row = (...cells: string[]) =>
      String.raw`\trowd\cellx1000\cellx2000${cells.map((cell) => String.raw`\pard\plain {${cell}}\cell`).join('')}\row`;
    const source = String.raw`{\rtf1 Before\par ${row('Boat', 'Built')}${row('Brise', '1988')}\pard After\par}`;
    expect(await textOf('a.rtf', source)).toBe('Before\n\nBoat | Built\n\nBoat: Brise; Built: 1988\n\nAfter');
  });
});
