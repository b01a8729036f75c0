import { draftPlaces, keepDraft, placeOf, readDraft } from '../writing/drafts.ts';

const [ANN, BEN, ROOM, ROOT] = ['ann', 'ben', 'room', 'root'];

describe('drafts', () => {
  const stored = new Map<string, string>();
  let isFull: boolean;
  beforeEach(() => {
    stored.clear();
    isFull = false;
    const setItem = (key: string, value: string): void => {
      if (isFull) throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
      stored.set(key, value);
    };
    const localStorage = { getItem: (key: string) => stored.get(key) ?? null, setItem, removeItem: (key: string) => stored.delete(key) };
    Object.defineProperty(globalThis, 'localStorage', { value: localStorage, configurable: true });
  });

  it('are kept for a room and for each of its threads', () => {
    keepDraft(placeOf(ANN, ROOM), 'to all');
    keepDraft(placeOf(ANN, ROOM, ROOT), 'to one');
    expect([readDraft(placeOf(ANN, ROOM)), readDraft(placeOf(ANN, ROOM, ROOT))]).toEqual(['to all', 'to one']);
    keepDraft(placeOf(ANN, ROOM), ' ');
    expect(readDraft(placeOf(ANN, ROOM))).toBe('');
  });

  it('are not shown to whoever signs in next on this browser', () => {
    keepDraft(placeOf(ANN, ROOM), 'about Ben');
    expect(readDraft(placeOf(BEN, ROOM))).toBe('');
  });

  it('can be written on when nothing more can be stored', () => {
    isFull = true;
    expect(() => keepDraft(placeOf(ANN, ROOM), 'no room for this')).not.toThrow();
  });

  it('are known by place, also those of an earlier visit, until they are sent or wiped', () => {
    stored.set('atrium.draft.ann.old', 'from yesterday');
    expect(draftPlaces.has('ann.old')).toBe(true);
    expect(draftPlaces.has('ann.new')).toBe(false);
    keepDraft('ann.new', 'half a');
    expect(draftPlaces.has('ann.new')).toBe(true);
    keepDraft('ann.old', '');
    expect(draftPlaces.has('ann.old')).toBe(false);
  });
});
