import { switchedTo } from './room-states.service.ts';

const base = { seq: 3, at: new Date().toISOString(), actorId: null };

describe('the switch of the bot in an entry', () => {
  it('reads the switch, and a change of settings that moves it', () => {
    expect(switchedTo({ ...base, type: 'bot.toggled', enabled: false })).toBe(false);
    expect(switchedTo({ ...base, type: 'room.updated', changed: ['topic', 'botEnabled'], room: { botEnabled: true } })).toBe(true);
  });

  it('reads nothing out of other entries', () => {
    expect(switchedTo({ ...base, type: 'room.updated', changed: ['topic'], room: { botEnabled: true } })).toBeUndefined();
    expect(switchedTo({ ...base, type: 'member.left', userId: 'x' })).toBeUndefined();
  });
});
