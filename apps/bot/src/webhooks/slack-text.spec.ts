import { fromMrkdwn, fromPlain } from './slack-text.ts';

describe('Text as Slack writes it', () => {
  it.each([
    ['a *bold* word', 'a **bold** word'],
    ['_slanted_ and ~gone~', '_slanted_ and ~~gone~~'],
    ['2 * 3 * 4', '2 \\* 3 \\* 4'],
    ['snake_case_name', 'snake\\_case\\_name'],
    ['see <https://ci.example.org/7|build 7>', 'see [build 7](https://ci.example.org/7)'],
    ['<https://example.org/a_b>', '<https://example.org/a_b>'],
    ['<https://example.org/?a=1&amp;b=2|q>', '[q](https://example.org/?a=1&b=2)'],
    ['<mailto:ann@example.org|Ann>', '[Ann](mailto:ann@example.org)'],
    ['<javascript:alert(1)|click>', 'click (javascript:alert(1))'],
    ['<https://example.org/(x)|x [y]>', '[x \\[y\\]](https://example.org/%28x%29)'],
    ['<@U024BE7LH|Ann> look', '@ann look'],
    ['<@U024BE7LH>', '@u024be7lh'],
    ['<#C024BE7LR|ops>', '#ops'],
    ['<!here> <!channel> <!everyone>', '@here @room @room'],
    ['<!subteam^S012|@oncall>', '@oncall'],
    ['<!date^1392734382^{date}|Feb 18>', 'Feb 18'],
    ['1 &lt; 2 &amp;&amp; 3 &gt; 2', '1 &lt; 2 && 3 &gt; 2'],
    ['&gt; quoted', '> quoted'],
    ['<b>not html</b>', '&lt;b&gt;not html&lt;/b&gt;'],
    ['# no heading', '\\# no heading'],
    ['• kept', '• kept'],
    ['`a_b *c*` and *d*', '`a_b *c*` and **d**'],
    ['```if (a &lt; b) { *x* }```', '\n```\nif (a < b) { *x* }\n```\n'],
    [':rocket: up, :unheard_of: stays', '🚀 up, :unheard\\_of: stays'],
  ])('%j becomes CommonMark', (slack, commonMark) => expect(fromMrkdwn(slack)).toBe(commonMark));

  it('shows plain text as it is', () => {
    expect(fromPlain('*a* <b> `c` :tada:')).toBe('\\*a\\* &lt;b&gt; \\`c\\` 🎉');
  });
});
