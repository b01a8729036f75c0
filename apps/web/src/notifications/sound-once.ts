const RUNG = 'atrium.rung';
/** More than come within the time that news of one takes to reach every page. */
const REMEMBERED = 50;

type Device = {
  /** What all pages of this browser see. */
  storage: Pick<Storage, 'getItem' | 'setItem'>;
  /** Where there are none, as on a page that was not fetched securely, two pages may sound at the same moment. */
  locks: Pick<LockManager, 'request'> | undefined;
};

/**
 * Sounds a notification on one of the pages that hear of it: the first that can, since a page that nobody has touched
 * must stay silent.
 * @param play whether it was to be heard
 */
export async function soundOnce(id: string, play: () => Promise<boolean>, { storage, locks }: Device): Promise<void> {
  const sound = async (): Promise<void> => {
    const rung = (storage.getItem(RUNG) ?? '').split(' ').filter(Boolean);
    if (!rung.includes(id) && (await play())) storage.setItem(RUNG, [...rung, id].slice(-REMEMBERED).join(' '));
  };
  await (locks ? locks.request(RUNG, sound) : sound());
}
