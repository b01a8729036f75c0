import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Member, Room } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { Person } from './support/person.ts';
import { Socket } from './support/socket.ts';
import { readStack } from './support/stack.ts';

const LOCK = 'docs/generated/contracts.lock.json';

function told(name: 'ATRIUM_PREVIOUS' | 'ATRIUM_REPLACED'): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run "npm test -- previous", which says what is replaced by what`);
  return value;
}

/** The service that is replaced, and the folder of what replaces it. */
const [replaced, folder] = [told('ATRIUM_REPLACED'), told('ATRIUM_PREVIOUS')];

afterAll(cleanUp);

describe(`${replaced} as it was before the contracts last changed, among the others as they are now`, () => {
  let [host, guest, other]: Person[] = [];
  let room: Room;
  let [ofHost, ofGuest]: Socket[] = [];
  const path = (more = '') => `/api/rooms/${room.id}${more}`;

  beforeAll(async () => {
    [host, guest, other] = [await Person.register('host'), await Person.register('guest'), await Person.register('other')];
    room = await host.createRoom({ password: 'letmein' });
    [ofHost, ofGuest] = [await Socket.connect(host), await Socket.connect(guest)];
  });

  it('runs from the code of that commit, alone, and its contracts are others', async () => {
    const running = (await readStack()).processes.filter(({ name, status }) => name.startsWith(replaced) && status === 'ready');
    expect(running.map(({ name }) => name)).toEqual([`${replaced}-previous`]);
    const command = execFileSync('ps', ['-o', 'args=', '-p', String(running[0]!.pid)], { encoding: 'utf8' });
    expect(command).toContain(join(folder, 'apps', replaced));
    expect(readFileSync(join(folder, LOCK), 'utf8')).not.toBe(readFileSync(join(import.meta.dirname, '..', LOCK), 'utf8'));
  });

  it('lets people in and keeps others out, and all who are there hear of it', async () => {
    expect(await guest!.refusal('POST', path('/join'), { password: 'wrong' })).toEqual([403, 'wrong_password']);
    await guest!.join(room, { password: 'letmein' });
    await ofHost!.entry(room.id, (entry) => entry.type === 'member.joined' && entry.actorId === guest!.id);
    expect((await host!.do<{ items: Member[] }>('GET', path('/members'))).items.map(({ id }) => id).sort()).toEqual(
      [host!.id, guest!.id].sort(),
    );
    expect(await other!.refusal('GET', path('/messages'))).toEqual([403, 'not_a_member']);
  });

  it('carries messages, changes of them and threads to everybody, once each', async () => {
    const message = await guest!.say(room, 'The lift is out of order');
    await ofHost!.entry(room.id, (entry) => entry.type === 'message.created' && entry.message.id === message.id);
    await host!.say(room, 'Since when?', { parentId: message.id });
    await host!.do('POST', path(`/messages/${message.id}/pin`), {});
    await ofGuest!.entry(room.id, (entry) => entry.type === 'message.pinned');
    await guest!.do('PATCH', path(`/messages/${message.id}`), { body: 'The lift works again' });
    expect((await host!.messages(room)).find(({ id }) => id === message.id)).toMatchObject({ body: 'The lift works again', replyCount: 1 });
  });

  it('has a file read for the room, whose members may read it', async () => {
    const file = await guest!.upload(room, 'notes.txt', 'The boiler was serviced on Friday.');
    expect(await host!.settled(file)).toMatchObject({ status: 'ready' });
    await ofHost!.entry(room.id, (entry) => entry.type === 'file.status' && entry.status === 'ready');
    expect(await other!.refusal('GET', path(`/files/${file.id}/text`))).toEqual([403, 'not_a_member']);
  });

  it('takes away the right to write and the room itself, everywhere at once', async () => {
    await host!.do('POST', path(`/members/${guest!.id}/mute`), { seconds: 60 });
    expect(await guest!.refusal('POST', path('/messages'), { body: 'May I?' })).toEqual([403, 'muted']);
    await host!.do('POST', path(`/members/${guest!.id}/kick`), {});
    await ofGuest!.next('room.removed');
    expect(await guest!.refusal('POST', path('/messages'), { body: 'Still here?' })).toEqual([403, 'not_a_member']);
  });
});
