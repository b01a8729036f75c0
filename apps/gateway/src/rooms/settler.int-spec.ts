import { receiptOf, rooms, type Member } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { Harness } from '../../test/harness.ts';

describe('a change that others must know before it is safe', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await Harness.start();
  }, 30_000);
  beforeEach(() => {
    for (const service of ['messages', 'files'] as const) harness.services.confirming.add(service);
  });
  afterAll(cleanUp);

  /** Each of them, done by the host of a room. */
  function changes() {
    const { services } = harness;
    const [ann, ben] = [services.aPerson(), services.aPerson()];
    const { record } = services.aRoom([ann, ben]);
    const receipt = receiptOf({ kind: 'room', key: record.id, version: 7 });
    const moderator: Member = {
      id: ben.userId,
      username: 'ben',
      displayName: 'Ben',
      avatarUrl: null,
      role: 'moderator',
      status: 'online',
      typing: false,
      joinedAt: new Date().toISOString(),
    };
    const answers = [
      services.bus.answer(rooms.kick, () => receipt),
      services.bus.answer(rooms.ban, () => receipt),
      services.bus.answer(rooms.mute, () => receipt),
      services.bus.answer(rooms.setRole, () => ({ ...receipt, member: moderator })),
      services.bus.answer(rooms.handOver, () => ({ ...receipt, room: record })),
      services.bus.answer(rooms.archive, () => receipt),
      services.bus.answer(rooms.update, () => ({ ...receipt, room: record })),
      services.bus.answer(rooms.toggleBot, () => ({ ...receipt, botEnabled: false })),
    ];
    const at = `/api/rooms/${record.id}`;
    const ask = (method: string, path: string, body: object) => harness.postJson(`${at}${path}`, body, { as: ann, method });
    return {
      done: () => answers.forEach((answer) => answer.unsubscribe()),
      kick: () => ask('POST', `/members/${ben.userId}/kick`, {}),
      ban: () => ask('POST', `/members/${ben.userId}/ban`, {}),
      mute: () => ask('POST', `/members/${ben.userId}/mute`, {}),
      promote: () => ask('PATCH', `/members/${ben.userId}`, { role: 'moderator' }),
      handOver: () => ask('POST', '/host', { userId: ben.userId }),
      archive: () => ask('DELETE', '', {}),
      lock: () => ask('PATCH', '', { locked: true }),
      silence: () => ask('POST', '/bot/toggle', { enabled: false }),
    };
  }
  const NAMES = ['kick', 'ban', 'mute', 'promote', 'handOver', 'archive', 'lock', 'silence'] as const;

  it.each(NAMES)('is a success when the copies have it: %s', async (name) => {
    const change = changes();
    expect((await change[name]()).ok).toBe(true);
    change.done();
  });

  it.each(NAMES)('is answered with 503, when to come back and what is true, while a copy does not have it: %s', async (name) => {
    const change = changes();
    for (const service of ['messages', 'files'] as const) {
      harness.services.confirming.delete(service);
      const answer = await change[name]();
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
      const problem = (await answer.json()) as { code: string; detail: string };
      expect(problem.code).toBe('service_unavailable');
      expect(problem.detail).toMatch(
        /^The (member is removed|member is muted|person is banned|role is changed|host role is handed over|room is archived|settings are changed|bot is switched off), but .* takes effect there/,
      );
      harness.services.confirming.add(service);
    }
    change.done();
  });
});
