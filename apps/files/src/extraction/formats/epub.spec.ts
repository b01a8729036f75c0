import { anEpub } from '../../../test/office.ts';
import { read } from '../../../test/reading.ts';

describe('an e-book', () => {
  it('has its title and its chapters in order', async () => {
    const { pages } = await read('a.epub', anEpub('The tower', ['<h1>One</h1><p>It stands.</p>', '<p>It fell.</p>']));
    expect(pages).toEqual(['The tower', 'One\n\nIt stands.', 'It fell.']);
  });

  it('has what stands aside from its text behind it', async () => {
    const { pages } = await read('a.epub', anEpub('The tower', ['<p>A note.</p>', '<p>It stands.</p>', '<p>It fell.</p>'], [0]));
    expect(pages).toEqual(['The tower', 'It stands.', 'It fell.', 'A note.']);
  });
});
