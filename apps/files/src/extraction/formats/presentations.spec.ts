import { anOle, anOpenDocument, anXlsx, aPicture, aPpt, aPptx, aShape } from '../../../test/office.ts';
import { read } from '../../../test/reading.ts';

describe('a presentation', () => {
  it('has a page for each slide, its title first and its notes last', async () => {
    const { pages } = await read(
      'a.pptx',
      aPptx([
        { title: 'Plan', body: 'one\ntwo', notes: 'Speak slowly.' },
        { title: 'End', body: 'three' },
      ]),
    );
    expect(pages).toEqual(['Plan\n\none\ntwo\n\nSpeak slowly.', 'End\n\nthree']);
  });

  const P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"';
  const A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"';
  const number =
    '<p:sp><p:nvPr><p:ph type="sldNum"/></p:nvPr><p:txBody><a:p><a:fld type="slidenum"><a:t>7</a:t></a:fld></a:p></p:txBody></p:sp>';

  it('tells a footer and a date with the first slide that has it, and again where it is another, without the numbers of slides', async () => {
    const { pages } = await read(
      'a.pptx',
      aPptx([
        { title: 'Plan', body: 'one', shapes: aShape('Norwick Harbour', 'ftr') + aShape('2 March 2026', 'dt') + number },
        { title: 'Money', body: 'two', shapes: aShape('Norwick Harbour', 'ftr') + aShape('2 March 2026', 'dt') + number },
        { title: 'End', body: 'three', shapes: aShape('Confidential', 'ftr') },
      ]),
    );
    expect(pages).toEqual(['Plan\n\none\n\nNorwick Harbour\n\n2 March 2026', 'Money\n\ntwo', 'End\n\nthree\n\nConfidential']);
  });

  it('tells once what its layout shows on every slide, and not what is to be filled in', async () => {
    const layout = `<p:sldLayout ${P} ${A}>${aShape('Click to add a title', 'title')}${aShape('Lund Boats Ltd')}</p:sldLayout>`;
    const parts = [{ type: 'slideLayout', name: 'slideLayouts/l1.xml', bytes: layout }];
    const { pages } = await read('a.pptx', aPptx(['Plan', 'End'].map((title) => ({ title, body: 'one', parts }))));
    expect(pages).toEqual(['Plan\n\none\n\nLund Boats Ltd', 'End\n\none']);
  });

  it('tells what is written of a picture, once, and not the names of files', async () => {
    const shapes =
      aPicture('The lighthouse at dusk') + aPicture('C:\\pictures\\tower.jpg') + aPicture('A boat. Description automatically generated');
    const { pages } = await read('a.pptx', aPptx(['Plan', 'End'].map((title) => ({ title, body: 'one', shapes }))));
    expect(pages).toEqual(['Plan\n\none\n\nThe lighthouse at dusk', 'End\n\none']);
  });

  it('has the words of shapes in groups, of diagrams, and the values of charts of old and of new with their names', async () => {
    const diagram = `<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" ${A}><dgm:ptLst><dgm:pt><dgm:t><a:p><a:r><a:t>Ask the keeper</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>`;
    const ofNew = `<q:chartSpace xmlns:q="http://schemas.microsoft.com/office/drawing/2014/chartex" ${A}><q:chartData><q:data id="0"><q:strDim type="cat"><q:lvl><q:pt idx="0">Oil</q:pt><q:pt idx="1">Rope</q:pt></q:lvl></q:strDim><q:numDim type="val"><q:lvl><q:pt idx="0">40</q:pt><q:pt idx="1">25</q:pt></q:lvl></q:numDim></q:data></q:chartData><q:chart><q:title><q:tx><q:txData><q:v>Costs</q:v></q:txData></q:tx></q:title><q:series><q:tx><q:txData><q:v>Crowns</q:v></q:txData></q:tx></q:series></q:chart></q:chartSpace>`;
    const { pages } = await read(
      'a.pptx',
      aPptx([
        {
          title: 'Plan',
          body: 'one',
          shapes: `<p:grpSp><p:grpSp>${aShape('deep inside')}</p:grpSp></p:grpSp>`,
          parts: [
            { type: 'diagramData', name: 'diagrams/data1.xml', bytes: diagram },
            { type: 'chartEx', name: 'charts/chartEx1.xml', bytes: ofNew },
          ],
        },
      ]),
    );
    expect(pages[0]).toContain('Plan\n\none\n\ndeep inside\n\nAsk the keeper\n\nCosts');
    expect(pages[0]).toMatch(/Oil.*40[^]*Rope.*25/);
    expect(pages[0]).toContain('Crowns');
  });

  it('has the files put into it behind its slides, whatever wraps them, and leaves out those that cannot be read', async () => {
    const name = Buffer.from('label\0C:\\notes\\tide.txt\0', 'latin1');
    const native = (text: string) => {
      const [head, size] = [Buffer.alloc(6), Buffer.alloc(4)];
      size.writeUInt32LE(text.length);
      return Buffer.concat([
        head,
        name,
        Buffer.from('00000300', 'hex'),
        Buffer.from([2, 0, 0, 0]),
        Buffer.from('x\0'),
        size,
        Buffer.from(text),
      ]);
    };
    const { pages } = await read(
      'a.pptx',
      aPptx([
        {
          title: 'Plan',
          body: 'one',
          parts: [
            {
              type: 'package',
              name: 'embeddings/fleet.xlsx',
              bytes: anXlsx({
                Fleet: [
                  ['Boat', 'Built'],
                  ['Brise', '1988'],
                ],
              }),
            },
            { type: 'oleObject', name: 'embeddings/o1.bin', bytes: anOle({ '/\u0001Ole10Native': native('High water is at nine.') }) },
            { type: 'oleObject', name: 'embeddings/o2.bin', bytes: anOle({ '/Other': Buffer.alloc(5000) }) },
          ],
        },
        { title: 'End', body: 'two' },
      ]),
    );
    expect(pages).toEqual(['Plan\n\none', 'End\n\ntwo', 'Fleet\n\nBoat | Built\n\nBoat: Brise; Built: 1988', 'High water is at nine.']);
  });

  it('of old has a page for each slide', async () => {
    const { pages } = await read(
      'a.ppt',
      aPpt([
        { title: 'Plan', box: 'one' },
        { title: 'Schluß', box: 'two' },
      ]),
    );
    expect(pages).toEqual(['Plan\n\none', 'Schluß\n\ntwo']);
  });

  it('of OpenDocument has a page for each slide', async () => {
    const page = (name: string, text: string) => `<draw:page draw:name="${name}"><text:p>${text}</text:p></draw:page>`;
    const { pages } = await read('a.odp', anOpenDocument('presentation', page('page1', 'One') + page('page2', 'Two')));
    expect(pages).toEqual(['One', 'Two']);
  });
});
