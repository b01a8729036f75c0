/** What ten kinds of program post to Slack, in their shapes and our words; read by the tests. */
export const SENDERS: Readonly<Record<string, object>> = {
  alertmanager: {
    channel: '#ops',
    username: 'Alertmanager',
    icon_emoji: ':fire:',
    attachments: [
      {
        title: '[FIRING:2] DiskFilling (db-1 critical)',
        title_link: 'https://alerts.example.org/#/alerts?receiver=ops',
        fallback: '[FIRING:2] DiskFilling',
        text: '*Alert:* disk of db-1 is 93% full\n*Graph:* <https://prom.example.org/graph?g0.expr=disk&amp;g0.tab=1|look>',
        color: 'danger',
        mrkdwn_in: ['fallback', 'pretext', 'text'],
        fields: [{ title: 'Severity', value: 'critical', short: true }],
      },
    ],
  },
  grafana: {
    text: '',
    attachments: [
      {
        color: '#D63232',
        title: '[Alerting] CPU of web',
        title_link: 'https://grafana.example.org/d/abc/web?viewPanel=2',
        fallback: '[Alerting] CPU of web',
        text: 'CPU is above 90% for 5 minutes',
        fields: [
          { title: 'web-1', value: 97.25, short: true },
          { title: 'web-2', value: 91, short: true },
        ],
        footer: 'Grafana v12',
        footer_icon: 'https://grafana.example.org/icon.png',
        ts: 1764172800,
      },
    ],
  },
  github: {
    attachments: [
      {
        pretext: '[acme/garden] Pull request opened by <https://github.example.org/ann|ann>',
        title: '#42 Water the roses & ferns',
        title_link: 'https://github.example.org/acme/garden/pull/42',
        text: 'Adds a `Pump` class.\n\n```pump.start();\nif (a &lt; b) stop();```',
        color: '36a64f',
        footer: '<https://github.example.org/acme/garden|acme/garden>',
      },
    ],
  },
  gitlab: {
    text: 'Pipeline <https://gitlab.example.org/p/7|#7> of branch <https://gitlab.example.org/t/main|main> by Ben failed in 02:13',
    attachments: [
      { color: 'danger', fallback: 'Pipeline failed', text: 'Job `test` failed', fields: [null, { title: 'Stage', value: 'test' }] },
    ],
  },
  jenkins: {
    attachments: [
      {
        color: 'warning',
        fallback: 'build unstable',
        text: 'garden » main - #118 Unstable after 3 min 2 sec (<https://ci.example.org/job/118/|Open>)',
        mrkdwn_in: ['text'],
      },
    ],
  },
  sentry: {
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: ':red_circle: <https://sentry.example.org/issues/9|*TypeError: x is undefined*>' } },
      { type: 'section', text: { type: 'mrkdwn', text: '```Cannot read properties of undefined (reading &#39;x&#39;)```' } },
      {
        type: 'context',
        elements: [
          { type: 'mrkdwn', text: 'Events: *12*' },
          { type: 'mrkdwn', text: 'State: *Ongoing*' },
        ],
      },
      {
        type: 'actions',
        elements: [
          { type: 'button', text: { type: 'plain_text', text: 'View' }, url: 'https://sentry.example.org/issues/9' },
          { type: 'button', text: { type: 'plain_text', text: 'Archive' }, value: 'archive' },
        ],
      },
    ],
    text: 'TypeError: x is undefined',
  },
  'uptime-kuma': {
    text: 'Uptime Kuma Alert',
    channel: null,
    username: 'Uptime Kuma',
    icon_emoji: ':chart:',
    attachments: [
      {
        color: '#e01e5a',
        blocks: [
          { type: 'header', text: { type: 'plain_text', text: 'Uptime Kuma Alert' } },
          {
            type: 'section',
            fields: [
              { type: 'mrkdwn', text: '*Message*\n[website] [🔴 Down] timeout of 48000ms exceeded' },
              { type: 'mrkdwn', text: '*Time (UTC)*\n2026-11-26 10:00:00' },
            ],
          },
        ],
      },
    ],
  },
  'argo-cd': {
    attachments: [
      {
        title: 'garden',
        title_link: 'https://argo.example.org/applications/garden',
        color: '#18be52',
        fields: [
          { title: 'Sync Status', value: 'Synced', short: true },
          { title: 'Repository', value: 'https://git.example.org/garden.git', short: true },
          { title: 'Revision', value: 'f1e2d3c', short: true },
        ],
      },
    ],
  },
  datadog: {
    username: 'Datadog',
    text: '<!here> *Monitor alert*: p95 latency &gt; 2s for `checkout`',
    attachments: [{ color: '#764FA5', text: '@slack-ops please look', image_url: 'https://dd.example.org/snap.png', title: 'Latency' }],
  },
  zapier: {
    text: 'New lead: *Cleo* (_cleo@example.org_) :tada:\n• budget: 1_000\n• ask <@U024BE7LH|ben>',
    username: 'Zapier',
    icon_url: 'https://zapier.example.org/icon.png',
    link_names: 1,
    unfurl_links: false,
  },
  'rich text': {
    blocks: [
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: 'Deploy ' },
              { type: 'text', text: 'done', style: { bold: true } },
              { type: 'text', text: ' ' },
              { type: 'emoji', name: 'rocket' },
              { type: 'text', text: ' see ' },
              { type: 'link', url: 'https://example.org/d', text: 'the log' },
            ],
          },
          {
            type: 'rich_text_list',
            style: 'bullet',
            elements: [
              { type: 'rich_text_section', elements: [{ type: 'text', text: 'web' }] },
              { type: 'rich_text_section', elements: [{ type: 'text', text: 'bot', style: { code: true } }] },
            ],
          },
          { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'ok: 12' }] },
        ],
      },
    ],
  },
};
