import { messageSignals, messages, type InputOf } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { waitFor } from '@atrium/testing';
import type { Person } from '../../test/builders.ts';
import { MessagesStack } from '../../test/messages-stack.ts';

const stack = new MessagesStack();
const prefer = (person: Person, wish: InputOf<typeof messages.setPreferences>) => stack.bus.call(messages.setPreferences, wish, person.id);

describe('preferences', () => {
  const quietHours = { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' };
  const sections = [{ id: uuidv7(), name: 'Work', roomIds: [] }];
  const defaults = { notify: 'all', sound: true, push: true, pushPreview: 'sender' };
  const read = async () => {
    const { version: _version, ...preferences } = await stack.bus.call(messages.preferences, {}, stack.ben.id);
    return preferences;
  };

  it('begin with their defaults, and keep what is not named', async () => {
    expect(await stack.bus.call(messages.preferences, {}, stack.ben.id)).toEqual({ ...defaults, version: 0 });
    await prefer(stack.ben, { notify: 'mentions', quietHours, sections, language: 'de' });
    await prefer(stack.ben, { sound: false, pushPreview: 'full' });
    expect(await read()).toEqual({
      ...defaults,
      notify: 'mentions',
      quietHours,
      sections,
      language: 'de',
      sound: false,
      pushPreview: 'full',
    });
  });

  it('end what need not be by null, or where the whole is sent without it, which leaves sections alone', async () => {
    await prefer(stack.ben, { quietHours, sections, dndUntil: '2099-01-01T00:00:00.000Z', pushPreview: 'nothing' });
    await prefer(stack.ben, { dndUntil: null });
    expect(await read()).toEqual({ ...defaults, quietHours, sections, pushPreview: 'nothing' });
    await prefer(stack.ben, { notify: 'all', sound: true, push: true });
    expect(await read()).toEqual({ ...defaults, sections, pushPreview: 'nothing' });
  });

  it('refuse a change of what has changed since, and number what they tell', async () => {
    const told = await stack.bus.hear(messageSignals.preferencesChanged);
    const { version } = await prefer(stack.ben, { sound: false });
    expect((await prefer(stack.ben, { sound: true, ifVersion: version })).version).toBe(version! + 1);
    expect(await stack.bus.refusal(messages.setPreferences, { sound: false, ifVersion: version }, stack.ben.id)).toBe('stale_version');
    expect((await read()).sound).toBe(true);
    await waitFor(() => told.some(({ preferences }) => preferences.version === version! + 1));
  });

  it('keep every one of many changes that are made at once, and the last told is what stands', async () => {
    const told = await stack.bus.hear(messageSignals.preferencesChanged);
    const wishes = [
      { notify: 'nothing' },
      { sound: false },
      { push: false },
      { pushPreview: 'full' },
      { language: 'fr' },
      { sections },
    ] as const;
    await Promise.all(wishes.map((wish) => prefer(stack.ben, wish as InputOf<typeof messages.setPreferences>)));
    expect(await read()).toEqual(Object.assign({}, ...wishes));
    await waitFor(() => told.filter(({ userId }) => userId === stack.ben.id).length === wishes.length);
    const last = told.filter(({ userId }) => userId === stack.ben.id).sort((a, b) => b.preferences.version! - a.preferences.version!)[0]!;
    expect(last.preferences).toMatchObject(await read());
  });

  it.each([{ from: '25:00' }, { to: '7:00' }, { timeZone: 'Nowhere/Land' }])('refuses quiet hours with %o', async (wrong) => {
    const quietHours = { from: '22:00', to: '07:00', timeZone: 'UTC', ...wrong };
    expect(await stack.bus.refusal(messages.setPreferences, { quietHours }, stack.ben.id)).toBe('validation_failed');
  });
});
