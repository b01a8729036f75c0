import type { Preferences, RailSection } from '@atrium/contracts';
import { AtriumError } from '../errors.ts';
import { NotificationsApi } from './notifications.api.ts';
import type { Transport } from './transport.ts';

const section = (name: string): RailSection => ({ id: name, name, roomIds: [] });

/** Preferences of an account as a server keeps them; before a change, `meanwhile` may make another. */
function aServer(meanwhile: (kept: Preferences) => void = () => undefined) {
  let kept: Preferences = { notify: 'all', sound: true, push: true, pushPreview: 'sender', version: 1 };
  const request = async (method: string, _path: string, { body }: { body?: Partial<Preferences> & { ifVersion?: number } } = {}) => {
    await new Promise((resolve) => setImmediate(resolve));
    if (method === 'GET') return kept;
    meanwhile(kept);
    const { ifVersion, ...changes } = body!;
    if (ifVersion !== undefined && ifVersion !== kept.version)
      throw new AtriumError({ code: 'stale_version', status: 412, detail: 'It has changed meanwhile' });
    return (kept = { ...kept, ...changes, version: kept.version! + 1 });
  };
  return { api: new NotificationsApi({ request } as unknown as Transport), kept: () => kept };
}

const add = (name: string) => (now: Preferences) => ({ sections: [...(now.sections ?? []), section(name)] });

describe('preferences that depend on how they are', () => {
  it('are all kept when they are changed faster than the server answers', async () => {
    const { api, kept } = aServer();
    await Promise.all([api.changePreferences(add('one')), api.changePreferences(add('two')), api.setPreferences({ sound: false })]);
    expect(kept()).toMatchObject({ sections: [section('one'), section('two')], sound: false });
  });

  it('are changed anew when another device was faster, and not for ever', async () => {
    let faster = 1;
    const { api, kept } = aServer((now) => {
      if (faster-- > 0) Object.assign(now, { sections: [section('other')], version: now.version! + 1 });
    });
    await api.changePreferences(add('mine'));
    expect(kept().sections).toEqual([section('other'), section('mine')]);
    faster = Infinity;
    await expect(api.changePreferences(add('never'))).rejects.toMatchObject({ code: 'stale_version' });
  });
});
