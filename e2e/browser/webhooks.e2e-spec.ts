import type { Message, Room } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { Person, request } from '../support/person.ts';
import { PAYLOADS } from '../support/webhook-payloads.ts';
import { DESK, PHONE, objections, overflowing } from './support/eyes.ts';
import { RoomWindow } from './support/room-window.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

/** What a message shows: `[text, address]` of its links, its bold words, code, list items and so on. */
type Shown = {
  links: [string, string][];
  bold: string[];
  code: string[];
  blocks: string[];
  headings: string[];
  items: string[];
  /** The colours at the sides of its quotes. */
  quotes: (string | undefined)[];
  struck: string[];
  images: number;
  text: string;
};

describe('what programs post to an incoming webhook, on the page', () => {
  let ann: Window;
  let here: RoomWindow;
  let host: Person;
  let room: Room;

  beforeAll(async () => {
    host = await Person.register('ann');
    room = await host.createRoom();
    for (const [name, payload] of Object.entries(PAYLOADS)) {
      const hook = await host.do<{ url: string }>('POST', `/api/rooms/${room.id}/webhooks`, { kind: 'incoming', name });
      const reply = await request<string>('POST', new URL(hook.url).pathname, { body: payload });
      expect([reply.status, reply.body]).toEqual([200, 'ok']);
    }
    ann = await Window.open({ viewport: { width: 1440, height: 6000 } });
    here = new RoomWindow(ann);
    await ann.go('/sign-in');
    await ann.signIn(host.user.username);
    await ann.go(`/rooms/${room.id}`);
    await here.message('Garden party').waitFor();
  }, 120_000);

  const shown = async (sender: string): Promise<Shown> => {
    const message = here.messages.filter({ has: ann.page.locator('strong', { hasText: new RegExp(`^${sender}$`) }) });
    await message.waitFor();
    return message.evaluate((row) => {
      const texts = (selector: string) => [...row.querySelectorAll(selector)].map((one) => one.textContent.trim());
      return {
        links: [...row.querySelectorAll<HTMLAnchorElement>('a[href]')].map((link): [string, string] => [link.textContent, link.href]),
        bold: texts('strong'),
        code: texts(':not(pre) > code'),
        blocks: texts('pre'),
        headings: texts('h1, h2, h3, h4, h5, h6'),
        items: [...row.querySelectorAll('li')].map((item) => item.innerText.trim()),
        quotes: [...row.querySelectorAll('blockquote')].map(({ dataset }) => dataset['colour']),
        struck: texts('del'),
        images: row.querySelectorAll('blockquote img, p img').length,
        text: row.textContent,
      };
    });
  };
  const leadsTo = ({ links }: Shown, text: string) => links.find(([words]) => words.includes(text))?.[1];

  it('shows each program under a name and a picture of its own, once', async () => {
    const zapier = ann.page.getByRole('article', { name: 'Message from Zapier' });
    await zapier.getByText('webhook', { exact: true }).waitFor();
    expect(await zapier.evaluate((row) => row.textContent.match(/Zapier/g)?.length)).toBe(1);
    const heads = await Promise.all(
      ['Grafana', 'GitHub', 'Sentry'].map((name) => ann.page.getByRole('article', { name: `Message from ${name}` }).count()),
    );
    expect(heads).toEqual([1, 1, 1]);
    expect(await ann.page.getByRole('article', { name: 'Message from Room bot' }).count()).toBe(0);
  });

  it('shows an alert of Alertmanager with its colour, labels, code and buttons', async () => {
    const alert = await shown('Alertmanager');
    expect(alert.bold).toEqual(expect.arrayContaining(['Summary:', 'Runbook:']));
    expect(alert.code).toEqual(['critical', 'web-7d9f8b6c5-x2x9q']);
    expect(leadsTo(alert, 'HighErrorRate')).toContain('%7Balertname%3D%22HighErrorRate%22%7D');
    expect([leadsTo(alert, 'Silence'), leadsTo(alert, 'Dashboard')]).toEqual([
      'https://alerts.example.org/#/silences/new',
      'https://grafana.example.org/d/errors',
    ]);
    expect(alert.quotes).toEqual(['red']);
  });

  it('shows an alert of Grafana with its fields beside each other and its picture as a link', async () => {
    const alert = await shown('Grafana');
    expect(alert.bold).toContain('Firing');
    expect(alert.items).toEqual(['Used\n93.4', 'Days left\n2']);
    const places = await here.messages
      .filter({ hasText: 'Days left' })
      .locator('li')
      .evaluateAll((items) => items.map((item) => item.getBoundingClientRect().toJSON() as DOMRect));
    expect(places[0]!.top).toBe(places[1]!.top);
    expect(places[0]!.right).toBeLessThan(places[1]!.left);
    expect(leadsTo(alert, '🖼')).toBe('https://grafana.example.org/render/d-solo/disk.png');
    expect(alert.images).toBe(0);
    expect(leadsTo(alert, 'silence/new')).toContain('matcher=alertname%3DDisk+space');
  });

  it('shows commits of GitHub with numbers that are linked code, and names of variables as they are', async () => {
    const push = await shown('GitHub');
    expect(push.code).toEqual(['main', '1a2b3c4', '5d6e7f8', '9a8b7c6']);
    expect(leadsTo(push, '5d6e7f8')).toBe('https://github.example.org/acme/garden/commit/5d6e7f8');
    expect(leadsTo(push, 'acme/garden')).toBe('https://github.example.org/acme/garden');
    expect(push.text).toContain('Use __slots__ in pump_controller.py');
    expect(push.text).toContain('a < b is wrong for b == 0');
  });

  it('shows a request of GitLab with code in its language and boxes as they are', async () => {
    const opened = await shown('GitLab');
    expect(opened.bold).toContain('Draft: replace the pump');
    expect(leadsTo(opened, '!57')).toBe('https://gitlab.example.org/acme/garden/-/merge_requests/57');
    expect(opened.blocks.join()).toContain('valve = Valve.new(id: 3)\nvalve.open! if valve.ready?');
    expect(opened.blocks.join()).not.toMatch(/^ruby$/m);
    expect(opened.text).toContain('[x] tests');
  });

  it('shows a build of Jenkins with fields of several lines', async () => {
    const build = await shown('jenkins');
    expect(build.items.map((item) => item.split('\n')[0])).toEqual(['Changes', 'Failed tests']);
    expect(build.items[1]).toMatch(/• PumpTest\.starts\n• PumpTest\.stops\n• ValveTest\.opens_when_ready/);
  });

  it('shows an issue of Sentry from its blocks, with buttons only where they lead somewhere', async () => {
    const issue = await shown('Sentry');
    expect(issue.bold).toEqual(expect.arrayContaining(['TypeError', 'New', '3 minutes ago']));
    expect(issue.blocks.join()).toContain('at renderRows (rows.tsx:41:17)');
    expect(leadsTo(issue, 'Open in Sentry')).toBe('https://sentry.example.org/issues/4711');
    expect(issue.text).not.toContain('Resolve');
  });

  it('shows news of Uptime Kuma under a heading with its colour', async () => {
    const news = await shown('Uptime Kuma');
    expect([news.headings, news.quotes]).toEqual([['Uptime Kuma Alert'], ['green']]);
    expect(news.items).toEqual(['Message\n[shop] [✅ Up] 200 - OK', 'Time (Europe/Berlin)\n2026-11-26 11:00:00']);
    expect(leadsTo(news, 'Visit site')).toBe('https://shop.example.org/');
  });

  it('shows what Argo CD synced', async () => {
    const sync = await shown('Argo CD');
    expect(sync.text).toContain('✅ Application garden has been successfully synced');
    expect(sync.items).toHaveLength(4);
  });

  it('shows a monitor of Datadog without calling anybody, and struck words', async () => {
    const monitor = await shown('Datadog');
    expect(monitor.struck).toEqual(['since yesterday']);
    expect(monitor.text).toContain('@here p95 latency > 2s');
    expect(leadsTo(monitor, 'Edit Monitor')).toBe('https://dd.example.org/monitors/12/edit');
  });

  it('shows what Zapier tells with its quote apart from what follows', async () => {
    const told = await shown('Zapier');
    expect(told.quotes).toEqual([undefined]);
    expect(told.text).toContain('⚡');
    expect(told.text).toContain('1. Plus one: yes');
    expect(leadsTo(told, 'cleo@example.org')).toBe('mailto:cleo@example.org');
    const quoted = here.messages.filter({ hasText: 'Garden party' }).locator('blockquote');
    expect(await quoted.textContent()).not.toContain('Plus one');
  });

  it('goes by the name it was posted under wherever it is shown alone', async () => {
    const { items } = await host.do<{ items: Message[] }>('GET', `/api/rooms/${room.id}/messages`);
    const post = items.find(({ body }) => body.includes('Garden party'))!;
    await host.do('POST', `/api/rooms/${room.id}/messages/${post.id}/pin`, { pinned: true });
    await host.do('PUT', `/api/me/saved/${post.id}`);
    await host.do('POST', `/api/rooms/${room.id}/messages`, { body: 'I will come', parentId: post.id });
    for (const place of [`/rooms/${room.id}/pins`, '/saved', `/rooms/${room.id}/threads`, `/rooms/${room.id}/search?q=Garden+party`]) {
      await ann.go(place);
      const shown = ann.page.getByRole('listitem').filter({ hasText: 'Garden party' });
      await shown.getByText('Zapier', { exact: true }).waitFor();
      expect([place, await shown.getByText('Room bot').count()]).toEqual([place, 0]);
    }
    await ann.go(`/rooms/${room.id}`);
  });

  it.each([DESK, PHONE])('fits the window and passes axe in both themes at $width px', async (viewport) => {
    await ann.page.setViewportSize(viewport);
    await here.message('Garden party').waitFor();
    expect(await overflowing(ann.page)).toEqual([]);
    expect(await objections(ann.page)).toEqual([]);
  });
});
