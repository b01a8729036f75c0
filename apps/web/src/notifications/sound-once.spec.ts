import { soundOnce } from './sound-once.ts';

/** Two pages of one browser, which hear the same news. */
class Pages {
  readonly sounded: string[] = [];
  private readonly kept = new Map<string, string>();
  private last: Promise<unknown> = Promise.resolve();
  private readonly storage = {
    getItem: (key: string) => this.kept.get(key) ?? null,
    setItem: (key: string, value: string) => void this.kept.set(key, value),
  };
  /** One at a time, as a lock of the browser. */
  private readonly locks = {
    request: (_name: string, work: () => Promise<void>) => (this.last = this.last.then(work)),
  } as unknown as LockManager;

  hear(page: string, id: string, { silent = false, locked = true }: { silent?: boolean; locked?: boolean } = {}): Promise<void> {
    const play = async () => {
      if (!silent) this.sounded.push(`${id} on ${page}`);
      return !silent;
    };
    return soundOnce(id, play, { storage: this.storage, locks: locked ? this.locks : undefined });
  }
}

describe('the sound of a notification', () => {
  it('is heard once, on however many pages and in whatever order they hear of it', async () => {
    const pages = new Pages();
    await Promise.all([
      pages.hear('one', 'a'),
      pages.hear('two', 'a'),
      pages.hear('one', 'b'),
      pages.hear('two', 'b'),
      pages.hear('two', 'a'),
    ]);
    expect(pages.sounded).toEqual(['a on one', 'b on one']);
  });

  it('is left to a page that may sound by one that may not', async () => {
    const pages = new Pages();
    await Promise.all([pages.hear('untouched', 'a', { silent: true }), pages.hear('touched', 'a')]);
    expect(pages.sounded).toEqual(['a on touched']);
  });

  it('is heard without locks too', async () => {
    const pages = new Pages();
    await pages.hear('one', 'a', { locked: false });
    await pages.hear('two', 'a', { locked: false });
    expect(pages.sounded).toEqual(['a on one']);
  });
});
