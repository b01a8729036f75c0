import { markMentions, parseMarkup } from '@atrium/markup';
import { renderToStaticMarkup } from 'react-dom/server';
import { type MarkupParts, markupElements } from './markup-elements.tsx';

const PARTS: MarkupParts = {
  Link: ({ href, title, children }) => (
    <a href={href} title={title}>
      {children}
    </a>
  ),
  Picture: ({ src, children }) => <a data-picture={src}>{children}</a>,
  Code: ({ code, language }) => <pre data-language={language}>{code}</pre>,
  Mention: ({ children }) => <mark>{children}</mark>,
  Jump: ({ id, to, children }) => (
    <a id={id} href={`#${to}`}>
      {children}
    </a>
  ),
  Tick: ({ done }) => <input type="checkbox" defaultChecked={done} />,
  Table: ({ children }) => <table>{children}</table>,
};

function shown(text: string): string {
  const tree = parseMarkup(text)!;
  markMentions(tree, (name) => name === 'ben');
  return renderToStaticMarkup(markupElements(tree, PARTS, 'm')).replaceAll(' dir="auto"', '');
}

describe('A message that was read is shown', () => {
  it.each([
    ['with its words set apart', '*a* **b** ~~c~~ `d`', '<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>'],
    ['with its lines as they were written', 'a\nb\\\nc', '<p>a\nb<br/>c</p>'],
    ['with headings below that of the room', '# a\n\n### b', '<h2>a</h2><h2>b</h2>'],
    ['with quotes and rules', '> a\n\n---', '<blockquote><p>a</p></blockquote><hr/>'],
    ['with lists whose items are lines', '- a\n  b\n- c\n  1. d', '<ul><li>a\nb</li><li>c<ol><li>d</li></ol></li></ul>'],
    ['with lists whose items are paragraphs', '- a\n\n  b\n- c', '<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>'],
    ['with lists that begin later', '3. a', '<ol start="3"><li>a</li></ol>'],
    ['with tasks', '- [x] a\n- [ ] b', '<ul><li><input type="checkbox" checked=""/> a</li><li><input type="checkbox"/> b</li></ul>'],
    ['with tasks apart', '- [ ] a\n\n- b', '<ul><li><p><input type="checkbox"/> a</p></li><li><p>b</p></li></ul>'],
    ['with code and its language', '```c++ x\na\n```', '<pre data-language="c">a\n</pre>'],
    [
      'with tables that keep their sides and lack no cell',
      '| a | b |\n|---|--:|\n| 1 |',
      '<table><thead><tr><th>a</th><th style="text-align:right">b</th></tr></thead><tbody><tr><td>1</td><td style="text-align:right"></td></tr></tbody></table>',
    ],
    ['with links, also by name', '[a](/b "c") [d][e]\n\n[e]: /f', '<p><a href="/b" title="c">a</a> <a href="/f">d</a></p>'],
    ['with pictures as links', '![a](https://x.example/b.png)', '<p><a data-picture="https://x.example/b.png">a</a></p>'],
    ['with the people it names', 'hi @ben and @ann', '<p>hi <mark>@ben</mark> and @ann</p>'],
    ['with HTML as it was written', '<b>a</b>\n\n<div>\nb\n</div>', '<p>&lt;b&gt;a&lt;/b&gt;</p><p>&lt;div&gt;\nb\n&lt;/div&gt;</p>'],
    [
      'with footnotes below it, numbered as they are called',
      'a[^z] b[^y] c[^z]\n\n[^y]: second\n\n[^z]: first, see[^z]',
      [
        '<p>a<sup><a id="m-call-1" href="#m-note-1">1</a></sup> b<sup><a id="m-call-2" href="#m-note-2">2</a></sup>',
        ' c<sup><a href="#m-note-1">1</a></sup></p><ol data-footnotes="true"><li id="m-note-1" tabindex="-1">',
        '<p>first, see<sup><a href="#m-note-1">1</a></sup> <a href="#m-call-1">↩</a></p></li>',
        '<li id="m-note-2" tabindex="-1"><p>second <a href="#m-call-2">↩</a></p></li></ol>',
      ].join(''),
    ],
  ])('%s', (_what, text, expected) => expect(shown(text)).toBe(expected));

  it('with each block in the direction of its script, and code from the left', () => {
    const tree = parseMarkup('a\n\n- b\n\n> c\n\n```\nd\n```')!;
    expect(renderToStaticMarkup(markupElements(tree, PARTS, 'm'))).toBe(
      '<p dir="auto">a</p><ul dir="auto"><li>b</li></ul><blockquote dir="auto"><p>c</p></blockquote><pre>d\n</pre>',
    );
  });

  it.each(['javascript:alert(1)', 'JavaScript:alert(1)', 'data:text/html,x', 'vbscript:x', '&#32;javascript:x', 'java&Tab;script:x'])(
    'without an address that would run: %s',
    (address) => {
      expect(shown(`[a](<${address}>) ![b](<${address}>)`)).toMatch(/^<p><a>a<\/a> <a>b<\/a><\/p>$/);
    },
  );

  it.each(['https://x.example', 'mailto:a@x.example', '/rooms/1', '#a', '?b=c:d', 'a/b:c'])('with the address %s', (address) => {
    expect(shown(`[a](${address})`)).toContain(`href="${address}"`);
  });
});
