import { renderPayload } from './render-payload.ts';
import { SENDERS } from './senders.ts';
import { SlackPayload } from './slack-payload.ts';

const render = (payload: object) => renderPayload(SlackPayload.parse(payload), 'Hook');
const of = (sender: string) => render(SENDERS[sender]!);

const section = (text: string) => ({ type: 'rich_text_section', elements: [{ type: 'text', text }] });

describe('What programs post to Slack', () => {
  it.each([
    [
      'alertmanager',
      '🔥 **Alertmanager**',
      '🔴 **[\\[FIRING:2\\] DiskFilling (db-1 critical)](https://alerts.example.org/#/alerts?receiver=ops)**',
    ],
    [
      'alertmanager',
      '**Alert:** disk of db-1 is 93% full',
      '[look](https://prom.example.org/graph?g0.expr=disk&g0.tab=1)',
      '- **Severity**: critical',
    ],
    [
      'grafana',
      '**Hook**',
      '🔴 **[\\[Alerting\\] CPU of web]',
      '- **web-1**: 97.25',
      '- **web-2**: 91',
      '_Grafana v12_ · 26 Nov 2025, 16:00 UTC',
    ],
    ['github', 'Pull request opened by [ann](https://github.example.org/ann)', '🟢 **[#42 Water the roses & ferns]', 'if (a < b) stop();'],
    ['gitlab', 'Pipeline [#7](https://gitlab.example.org/p/7) of branch [main]', 'Job `test` failed', '- **Stage**: test'],
    ['jenkins', '🟡 garden » main - #118 Unstable', '([Open](https://ci.example.org/job/118/))'],
    [
      'sentry',
      '🔴',
      '[**TypeError: x is undefined**](https://sentry.example.org/issues/9)',
      'Events: **12** · State: **Ongoing**',
      '[View]',
    ],
    ['uptime-kuma', '**Uptime Kuma**', '### 🔴 Uptime Kuma Alert', '- **Message**: \\[website\\] \\[🔴 Down\\] timeout'],
    ['argo-cd', '🟢 **[garden](https://argo.example.org/applications/garden)**', '- **Sync Status**: Synced'],
    ['datadog', '@here **Monitor alert**: p95 latency &gt; 2s for `checkout`', '🟣', '[🖼 Latency](https://dd.example.org/snap.png)'],
    ['zapier', '**Cleo** (_cleo@example.org_) 🎉', '• budget: 1\\_000', 'ask @ben'],
    ['rich text', 'Deploy **done** 🚀 see [the log](https://example.org/d)', '- web\n- `bot`', '```\nok: 12\n```'],
  ])('is shown as they meant it: %s', (sender, ...parts) => {
    const shown = of(sender);
    for (const part of parts) expect(shown).toContain(part);
  });

  it('shows blocks instead of the text that is meant for notifications, and a button only where it leads somewhere', () => {
    expect(of('sentry').match(/TypeError/g)).toHaveLength(1);
    expect(of('sentry')).not.toContain('Archive');
  });

  it.each([{}, { text: '' }, { text: ' \u200b ' }, { blocks: [{ type: 'divider' }], text: '' }, { attachments: [{}] }, { text: 5 }])(
    'says nothing where nothing could be seen: %j',
    (payload) => {
      const shown = render(payload);
      expect(shown === '' || shown.endsWith('---')).toBe(true);
    },
  );

  it.each([
    ['a heading', { blocks: [{ type: 'header', text: { type: 'plain_text', text: 'Down' } }] }, '> ### 🔴 Down'],
    ['code', { text: '```exit 1```' }, '> 🔴\n>\n> ```\n> exit 1'],
    ['a colour of three digits', { color: '#0a0', text: 'up' }, '> 🟢 up'],
    ['a dark colour', { color: '#24292f', text: 'pushed' }, '> ⚫ pushed'],
    [
      'nothing where a name, a title, a footer or words before it are empty',
      { author_name: '', title: '', pretext: '', text: 'x', footer: '' },
      '**Hook**\n\n> 🔴 x',
    ],
    ['a linked footer', { text: 'x', footer: '<https://git.example.org/a|acme/a>' }, '> _[acme/a](https://git.example.org/a)_'],
    [
      'a value of several lines',
      { fields: [{ title: 'Failed', value: '• one\n• two' }] },
      '> 🔴\n>\n> - **Failed**:\n>   • one\n>   • two',
    ],
  ])('keeps its colour and its lines beside %s', (_what, attachment, shown) => {
    expect(render({ attachments: [{ color: 'danger', ...attachment }] })).toContain(shown);
  });

  it.each([
    [
      'a list in a list, counted',
      [
        {
          type: 'rich_text',
          elements: [
            { type: 'rich_text_list', style: 'ordered', offset: 2, elements: [section('three'), section('four')] },
            { type: 'rich_text_list', style: 'bullet', indent: 1, elements: [section('within')] },
          ],
        },
      ],
      '3. three\n4. four\n    - within',
    ],
    [
      'fields whose names have a colon, or values several lines, or nothing',
      [
        {
          type: 'section',
          fields: [
            { type: 'mrkdwn', text: '*Assigned:*\n<https://example.org/p/1|Ann>' },
            { type: 'mrkdwn', text: '*Hosts*\ndb-1\ndb-2' },
            { type: 'mrkdwn', text: '' },
            { type: 'mrkdwn', text: 'Events: 12' },
          ],
        },
      ],
      '- **Assigned:** [Ann](https://example.org/p/1)\n- **Hosts**:\n  db-1\n  db-2\n- Events: 12',
    ],
    [
      'marks of rich text',
      [
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_section',
              elements: [
                { type: 'link', url: 'https://example.org', text: 'bold link', style: { bold: true } },
                { type: 'text', text: ' on ' },
                { type: 'date', timestamp: 1392734382, format: '{date_num}', fallback: 'that day' },
                { type: 'text', text: ' for ' },
                { type: 'usergroup', usergroup_id: 'S012' },
                { type: 'text', text: ' in ' },
                { type: 'color', value: '#ff0000' },
              ],
            },
          ],
        },
      ],
      '[**bold link**](https://example.org) on that day for @S012 in `#ff0000`',
    ],
    [
      'code that holds a fence',
      [{ type: 'rich_text', elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: '```\nx\n```' }] }] }],
      '````\n```\nx\n```\n````',
    ],
    [
      'a table',
      [
        {
          type: 'table',
          rows: [
            [
              { type: 'raw_text', text: 'Host' },
              { type: 'raw_text', text: 'Up | down' },
            ],
            [{ type: 'rich_text', elements: [section('db-1')] }, null],
          ],
        },
      ],
      '| Host | Up \\| down |\n| --- | --- |\n| db-1 |  |',
    ],
    [
      'a video, and a menu that nobody can use here',
      [
        {
          type: 'video',
          title: { type: 'plain_text', text: 'Demo' },
          title_url: 'https://example.org/v',
          video_url: 'https://example.org/e',
        },
        { type: 'actions', elements: [{ type: 'static_select', placeholder: { type: 'plain_text', text: 'Choose' } }] },
      ],
      '[▶ Demo](https://example.org/v)',
    ],
  ])('is shown with %s', (_what, blocks, shown) => {
    expect(render({ blocks })).toBe(`**Hook**\n\n${shown}`);
  });

  it('tells the time of an attachment beside its footer', () => {
    expect(render({ attachments: [{ text: 'x', footer: 'Grafana', ts: '1392734382' }] })).toContain('> _Grafana_ · 18 Feb 2014, 14:39 UTC');
  });

  it('is taken though a field has another kind than it should', () => {
    const attachments = [{ text: 'kept', fields: 'none', color: 7 }, 'not an attachment', null];
    expect(render({ text: 'words', blocks: 'none', attachments })).toContain('words\n\n> kept');
  });

  it('is cut where no message could hold it', () => {
    const lines = render({ text: 'a line\n'.repeat(5000) });
    expect([...lines].length).toBeLessThanOrEqual(9900);
    expect(lines).toMatch(/a line\n\n… and 25,\d{3} characters more$/);
    expect([...render({ text: '🌱'.repeat(40_000) })].length).toBeLessThanOrEqual(9900);
  });
});
