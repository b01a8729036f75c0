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
    ['**doubled** and ~~both~~', '**doubled** and ~~both~~'],
    ['uses __slots__ and __init__.py', 'uses \\_\\_slots\\_\\_ and \\_\\_init\\_\\_.py'],
    ['<https://example.org/9|*Error* in _main_>', '[**Error** in _main_](https://example.org/9)'],
    ['`<https://git.example.org/c/1a2b|1a2b>` - fixed', '[`1a2b`](https://git.example.org/c/1a2b) \\- fixed'],
    ['`on <https://git.example.org/main|main> now`', '`on `[`main`](https://git.example.org/main)` now`'],
    ['`<javascript:alert(1)|x>`', '`x`'],
    ['```ruby\nputs 1```', '\n```ruby\nputs 1\n```\n'],
    ['```done\nputs 1```', '\n```\ndone\nputs 1\n```\n'],
    ['1. one\n2) two', '1\\. one\n2\\) two'],
    ['&gt; said\nanswer', '> said\n\nanswer'],
    ['before\n&gt;&gt;&gt; all\nof it', 'before\n> all\n> of it'],
    [':rocket: up, :unheard_of: stays', '🚀 up, :unheard\\_of: stays'],
  ])('%j becomes CommonMark', (slack, commonMark) => expect(fromMrkdwn(slack)).toBe(commonMark));

  it('shows plain text as it is', () => {
    expect(fromPlain('*a* <b> `c` :tada:')).toBe('\\*a\\* &lt;b&gt; \\`c\\` 🎉');
  });
});
