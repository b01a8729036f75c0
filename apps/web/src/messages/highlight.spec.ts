import { highlight } from './highlight.ts';

describe('code in a message', () => {
  it('has its parts marked where its language is known, by any of the names of that', () => {
    expect(highlight('const a = 1', 'js')).toContain('<span class="hljs-keyword">const</span>');
    expect(highlight('x', 'klingon')).toBeUndefined();
  });

  it('cannot bring elements into the page', () => {
    expect(highlight('"<img src=x onerror=alert(1)>"', 'js')).not.toContain('<img');
  });
});
