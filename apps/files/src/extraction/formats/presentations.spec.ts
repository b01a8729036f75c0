import { anOpenDocument, aPpt, aPptx } from '../../../test/office.ts';
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
