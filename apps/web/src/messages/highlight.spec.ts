import { highlight } from './highlight.ts';

describe('highlight', () => {
  it('marks the parts of a language it knows, by any of its names', () => {
    expect(highlight('const a = 1', 'js')).toContain('<span class="hljs-keyword">const</span>');
    expect(highlight('x', 'klingon')).toBeUndefined();
  });

  it('escapes what is in the code', () => {
    expect(highlight('"<img src=x onerror=alert(1)>"', 'js')).not.toContain('<img');
  });
});
