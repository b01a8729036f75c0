/** What ten programs post to Slack when they are set up as their manuals say, in our words. */
export const PAYLOADS: Readonly<Record<string, object>> = {
  Alertmanager: {
    channel: '#ops',
    username: 'Alertmanager',
    icon_emoji: ':rotating_light:',
    attachments: [
      {
        fallback: '[FIRING:1] HighErrorRate checkout (critical)',
        title: '[FIRING:1] HighErrorRate checkout (critical)',
        title_link: 'https://alerts.example.org/#/alerts?receiver=ops&filter=%7Balertname%3D%22HighErrorRate%22%7D',
        text: '*Summary:* 5xx above 2 % for 10 m\n*Runbook:* <https://wiki.example.org/runbooks/errors|errors>\n*Labels:*\n  • severity: `critical`\n  • instance: `web-7d9f8b6c5-x2x9q`\n',
        footer: 'alertmanager · eu-west',
        color: 'danger',
        actions: [
          { type: 'button', text: 'Silence', url: 'https://alerts.example.org/#/silences/new', style: 'danger' },
          { type: 'button', text: 'Dashboard', url: 'https://grafana.example.org/d/errors' },
        ],
        mrkdwn_in: ['fallback', 'pretext', 'text'],
      },
    ],
  },
  Grafana: {
    attachments: [
      {
        color: '#D63232',
        title: '[FIRING:1] Disk space (db-1 /var/lib/postgresql)',
        title_link: 'https://grafana.example.org/alerting/list',
        fallback: '[FIRING:1] Disk space',
        text: '**Firing**\n\nValue: A=93.4, C=1\nLabels:\n - alertname = Disk space\n - device = /dev/nvme0n1p2\nAnnotations:\n - summary = less than 7 % left\nSource: https://grafana.example.org/alerting/grafana/abc/view?orgId=1\nSilence: https://grafana.example.org/alerting/silence/new?alertmanager=grafana&amp;matcher=alertname%3DDisk+space\n',
        fields: [
          { title: 'Used', value: 93.4, short: true },
          { title: 'Days left', value: 2, short: true },
        ],
        image_url: 'https://grafana.example.org/render/d-solo/disk.png',
        footer: 'Grafana v12.1.0',
        footer_icon: 'https://grafana.example.org/public/img/fav32.png',
        ts: 1764172800,
      },
    ],
  },
  GitHub: {
    username: 'GitHub',
    attachments: [
      {
        pretext:
          '3 new commits pushed to `<https://github.example.org/acme/garden/tree/main|main>` by <https://github.example.org/ann|ann>',
        text: '`<https://github.example.org/acme/garden/commit/1a2b3c4|1a2b3c4>` - Water the ferns &amp; roses\n`<https://github.example.org/acme/garden/commit/5d6e7f8|5d6e7f8>` - Use __slots__ in pump_controller.py\n`<https://github.example.org/acme/garden/commit/9a8b7c6|9a8b7c6>` - Fix #118: a &lt; b is wrong for b == 0',
        color: '#24292f',
        footer: '<https://github.example.org/acme/garden|acme/garden>',
        footer_icon: 'https://github.example.org/favicon.ico',
        mrkdwn_in: ['text', 'pretext'],
      },
    ],
  },
  GitLab: {
    username: 'GitLab',
    text: 'Ben Novak (ben) opened <https://gitlab.example.org/acme/garden/-/merge_requests/57|!57 *Draft: replace the pump*> in <https://gitlab.example.org/acme/garden|Acme / garden>',
    attachments: [
      {
        color: '#345',
        title: 'Draft: replace the pump',
        title_link: 'https://gitlab.example.org/acme/garden/-/merge_requests/57',
        text: 'Replaces `Pump` by `Valve`.\n\n```ruby\nvalve = Valve.new(id: 3)\nvalve.open! if valve.ready?\n```\n- [x] tests\n- [ ] docs',
        author_name: 'Ben Novak',
        author_link: 'https://gitlab.example.org/ben',
        author_icon: 'https://gitlab.example.org/ben.png',
      },
    ],
  },
  Jenkins: {
    username: 'jenkins',
    attachments: [
      {
        color: '#a30200',
        fallback: 'garden » release/2.4 - #42 Failure after 12 min',
        text: 'garden » release%2F2.4 - #42 Failure after 12 min (<https://ci.example.org/job/garden/job/release%252F2.4/42/|Open>)\nTest Status:\n\tPassed: 412, Failed: 3, Skipped: 1',
        fields: [
          { title: 'Changes', value: 'Ann: pin the pump\nBen: bump valve to 2.4.1', short: false },
          { title: 'Failed tests', value: '• PumpTest.starts\n• PumpTest.stops\n• ValveTest.opens_when_ready', short: false },
        ],
        mrkdwn_in: ['text', 'fields'],
      },
    ],
  },
  Sentry: {
    username: 'Sentry',
    blocks: [
      {
        type: 'section',
        text: { type: 'mrkdwn', text: ':red_circle: <https://sentry.example.org/issues/4711|*TypeError*>' },
        block_id: '{"issue":4711}',
      },
      {
        type: 'section',
        text: { type: 'mrkdwn', text: "```Cannot read properties of undefined (reading 'map')\n  at renderRows (rows.tsx:41:17)```" },
      },
      { type: 'section', text: { type: 'mrkdwn', text: 'State: *New*   First Seen: *3 minutes ago*' } },
      {
        type: 'actions',
        elements: [
          { type: 'button', text: { type: 'plain_text', text: 'Resolve' }, action_id: 'resolve', value: 'resolve' },
          { type: 'button', text: { type: 'plain_text', text: 'Open in Sentry' }, url: 'https://sentry.example.org/issues/4711' },
        ],
      },
      {
        type: 'context',
        elements: [
          {
            type: 'mrkdwn',
            text: 'Project: <https://sentry.example.org/projects/web|web>    Alert: <https://sentry.example.org/alerts/1|Errors in production>    Short ID: WEB-2F',
          },
        ],
      },
    ],
    text: '[web] TypeError: Cannot read properties of undefined',
  },
  'Uptime Kuma': {
    username: 'Uptime Kuma',
    icon_emoji: ':bell:',
    channel: null,
    attachments: [
      {
        color: '#2eb886',
        blocks: [
          { type: 'header', text: { type: 'plain_text', text: 'Uptime Kuma Alert' } },
          {
            type: 'section',
            fields: [
              { type: 'mrkdwn', text: '*Message*\n[shop] [✅ Up] 200 - OK' },
              { type: 'mrkdwn', text: '*Time (Europe/Berlin)*\n2026-11-26 11:00:00' },
            ],
          },
          {
            type: 'actions',
            elements: [
              { type: 'button', text: { type: 'plain_text', text: 'Visit site' }, value: 'Site', url: 'https://shop.example.org/' },
            ],
          },
        ],
      },
    ],
  },
  'Argo CD': {
    username: 'Argo CD',
    text: ':white_check_mark: Application <https://argo.example.org/applications/garden|garden> has been successfully synced at 2026-11-26T10:00:00Z.',
    attachments: [
      {
        title: 'garden',
        title_link: 'https://argo.example.org/applications/garden?operation=true',
        color: '#18be52',
        fields: [
          { title: 'Sync Status', value: 'Synced', short: true },
          { title: 'Repository', value: 'https://git.example.org/acme/garden-deployments-and-configuration.git', short: true },
          { title: 'Revision', value: 'f1e2d3c4b5a697887766554433221100ffeeddcc', short: true },
          { title: 'Image', value: 'registry.example.org/acme/garden@sha256:9b2f0c7d1e', short: true },
        ],
      },
    ],
  },
  Datadog: {
    username: 'Datadog',
    icon_url: 'https://dd.example.org/icon.png',
    text: '',
    attachments: [
      {
        fallback: '[Triggered] p95 latency of checkout',
        title: '[Triggered on {service:checkout}] p95 latency is high',
        title_link: 'https://dd.example.org/monitors/12?group=service%3Acheckout',
        text: '<!here> p95 latency &gt; 2s for `checkout` ~since yesterday~ since 9:41\n<@U02ABC123|ann> please look\n\nThe monitor was last triggered at Thu Nov 26 2026 10:02:10 UTC.\n- - -\n[<https://dd.example.org/monitors/12|Monitor Status>] · [<https://dd.example.org/monitors/12/edit|Edit Monitor>]',
        image_url: 'https://dd.example.org/snapshot.png',
        color: '#B22222',
        mrkdwn_in: ['text'],
      },
    ],
  },
  Zapier: {
    username: 'Zapier',
    icon_emoji: ':zap:',
    text: 'New response to *Garden party* from _Cleo Ito_ :tada:\n>I would love to come!\n>Is there parking?\n1. Plus one: yes\n2. Diet: none\nSee <https://forms.example.org/r/99|the response> or write to <mailto:cleo@example.org|cleo@example.org> in <#C0123ABC|garden-party>',
    link_names: true,
    unfurl_links: false,
  },
};
