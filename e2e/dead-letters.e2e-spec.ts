import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { accountEvents, deadLetterSubject, durableName, type AuditEntry, type DeadLetter, type OpenedDeadLetter } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { Window } from './browser/support/window.ts';
import { natsServers } from '../libs/bus/src/nats-servers.ts';
import { Person } from './support/person.ts';
import { readStack, url } from './support/stack.ts';

afterAll(cleanUp);

const CONSUMER = durableName('rooms-profiles', accountEvents.userUpdated);
const PROGRAM = fileURLToPath(new URL('../tools/dead/dead.mjs', import.meta.url));

describe('events that a consumer gave up', () => {
  let root: Person;
  let ann: Person;

  beforeAll(async () => {
    [root, ann] = await Promise.all([Person.admin(), Person.register('ann')]);
  });

  /** As the service sets it aside after its tries, which take minutes. */
  async function setAside(payload: object): Promise<DeadLetter> {
    const id = randomUUID();
    const letter = {
      id,
      subject: accountEvents.userUpdated.subject,
      payload: JSON.stringify(payload),
      error: 'no column',
      process: 'rooms',
      tries: 8,
    };
    const connection = await connect(natsServers((await readStack()).env['NATS_URL']!));
    await jetstream(connection).publish(deadLetterSubject(CONSUMER), JSON.stringify(letter), { msgID: `${CONSUMER}:${id}` });
    await connection.close();
    return waitFor(async () => (await listed()).find(({ eventId }) => eventId === id), { withinMs: 20_000 });
  }
  const listed = async () => (await root.do<{ items: DeadLetter[] }>('GET', `/api/admin/dead-letters?consumer=${CONSUMER}`)).items;
  /** What rooms can take in, and has taken in already. */
  const aFact = () => ({ userId: ann.id, version: 1, username: ann.user.username, displayName: 'Ann', avatarUrl: null, presence: 'auto' });
  const isListed = async ({ id }: DeadLetter) => (await listed()).some((letter) => letter.id === id);
  const code = async (method: string, path: string, body?: object) => {
    const reply = await root.call<{ code?: string }>(method, `/api/admin/dead-letters/${path}`, body);
    return reply.body.code ?? reply.status;
  };

  it('are shown without what people wrote, and handled when they are sent again', async () => {
    const letter = await setAside(aFact());
    const opened = await root.do<OpenedDeadLetter>('GET', `/api/admin/dead-letters/${letter.id}`);
    expect(opened).toMatchObject({ error: 'no column', payload: { userId: ann.id, displayName: '(3 characters)' } });
    expect(await code('POST', `${letter.id}/redeliver`, { reason: 'the column is there' })).toBe(204);
    expect(await isListed(letter)).toBe(false);
    const { items } = await root.do<{ items: AuditEntry[] }>('GET', `/api/admin/audit?targetId=${letter.id}`);
    expect(items).toMatchObject([{ action: 'letter.redelivered', reason: 'the column is there', details: { outcome: 'handled' } }]);
  });

  it('stay with the new error when they fail again, and are discarded with a reason', async () => {
    const letter = await setAside({ userId: 'nobody' });
    expect(await code('POST', `${letter.id}/redeliver`, { reason: 'perhaps now' })).toBe('redelivery_failed');
    const [kept] = (await listed()).filter(({ id }) => id === letter.id);
    expect(kept).toMatchObject({ tries: 9 });
    expect(kept?.error).not.toBe('no column');
    expect(await code('DELETE', letter.id)).toBe('validation_failed');
    expect(await code('DELETE', letter.id, { reason: 'made by hand' })).toBe(204);
    expect(await code('DELETE', letter.id, { reason: 'made by hand' })).toBe('dead_letter_not_found');
  });

  it('are looked after from the command line', async () => {
    const letter = await setAside(aFact());
    const { token } = await root.do<{ token: string }>('POST', '/api/me/tokens', { name: 'Letters', scopes: ['admin'] });
    const dead = async (...args: string[]) =>
      (
        await promisify(execFile)(process.execPath, [PROGRAM, ...args], {
          env: { ...process.env, NODE_OPTIONS: '', ATRIUM_URL: url, ATRIUM_TOKEN: token },
        })
      ).stdout;
    expect(await dead()).toContain(letter.id);
    expect(await dead('show', letter.id)).toContain('(3 characters)');
    await expect(dead('send', letter.id)).rejects.toThrow('--reason');
    expect(await dead('send', letter.id, '--reason', 'mended')).toContain('was handled');
    expect(await isListed(letter)).toBe(false);
    await expect(dead('discard', letter.id, '--reason', 'x')).rejects.toThrow('dead_letter_not_found');
  });

  it('are looked after on the page', async () => {
    const letter = await setAside(aFact());
    const window = await Window.open();
    const { page } = window;
    await window.go('/admin/jobs');
    await window.signIn(root.user.username);
    const row = page.getByRole('group', { name: 'Dead letters', exact: true }).getByRole('row').filter({ hasText: CONSUMER }).first();
    const act = async (item: string) => {
      await row.getByRole('button', { name: `Acts on ${CONSUMER} ${letter.eventId.slice(-8)}` }).click();
      await page.getByRole('menuitem', { name: item }).click();
    };
    await act('Show');
    await page.getByLabel('What the event said').getByText(ann.id).waitFor();
    await page.keyboard.press('Escape');
    await act('Send again…');
    await page.getByRole('textbox', { name: 'Reason' }).fill('mended');
    await page.getByRole('button', { name: 'Send again', exact: true }).click();
    await page.getByText('Handled.').waitFor();
    await waitFor(async () => !(await isListed(letter)));
    expect(window.complaints).toEqual([]);
  });
});
