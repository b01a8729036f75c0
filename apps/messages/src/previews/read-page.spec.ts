import { readPage } from './read-page.ts';

const PLACE = new URL('https://www.news.example/a/b');
const read = (html: string, contentType = 'text/html; charset=utf-8') => readPage(Buffer.from(html), contentType, PLACE);

describe('a page that a message links to', () => {
  it('says what it is called, where it is, and how it looks', () => {
    const html = `<!doctype html><html><head><title>Plain</title>
      <meta property="og:title" content="  Big &amp; new "><meta name="description" content="What
      happened"><meta property="og:site_name" content="The News"><meta property="og:image" content="/pic.png"></head>`;
    expect(read(html)).toEqual({
      title: 'Big & new',
      site: 'The News',
      description: 'What happened',
      image: new URL('https://www.news.example/pic.png'),
    });
  });

  it('needs no more than a title', () => expect(read('<title>Plain</title>')).toEqual({ title: 'Plain', site: 'news.example' }));

  it.each(['', '<title> \u200B </title>', '<body><title>late</title></body>', 'no page at all'])(
    'without a title shows nothing: %j',
    (html) => expect(read(html)).toBeUndefined(),
  );

  it('is read by its own letters', () => {
    expect(readPage(Buffer.from('<title>caf\xe9</title>', 'latin1'), 'text/html; charset=iso-8859-1', PLACE)?.title).toBe('café');
    expect(readPage(Buffer.from('<meta charset="windows-1252"><title>\x80</title>', 'latin1'), 'text/html', PLACE)?.title).toBe('€');
    expect(read('<title>ok</title>', 'text/html; charset=nonsense')?.title).toBe('ok');
  });

  it('cannot turn the writing around it, nor go on for ever', () => {
    expect(read('<title>a\u202Eb\u0000c</title>')?.title).toBe('a b c');
    expect([...(read(`<title>${'🙂'.repeat(500)}</title>`)?.title ?? '')]).toHaveLength(200);
  });

  it.each(['javascript:alert(1)', 'data:image/png;base64,AAAA', 'file:///etc/passwd', 'http://['])('has no picture at %j', (address) =>
    expect(read(`<title>x</title><meta property="og:image" content="${address}">`)?.image).toBeUndefined(),
  );
});
