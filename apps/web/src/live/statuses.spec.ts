import { Statuses } from './statuses.ts';

const BEN = 'ben';

describe('who is there', () => {
  let statuses: Statuses;
  const shown = () => statuses.toMap().get(BEN);
  beforeEach(() => (statuses = new Statuses()));

  it('is as it was told, although a list that was asked for before says otherwise', () => {
    const asked = statuses.ask();
    statuses.tell(BEN, 'online');
    statuses.learn([{ id: BEN, status: 'offline' }], asked);
    expect(shown()).toBe('online');
  });

  it('is as it was told while a list was on its way, even if that was no news then', () => {
    statuses.tell(BEN, 'online');
    const asked = statuses.ask();
    expect(statuses.tell(BEN, 'online')).toBe(false);
    statuses.learn([{ id: BEN, status: 'offline' }], asked);
    expect(shown()).toBe('online');
  });

  it('is as a list says that was asked for after it was told', () => {
    expect(statuses.tell(BEN, 'online')).toBe(true);
    statuses.learn([{ id: BEN, status: 'offline' }], statuses.ask());
    expect(shown()).toBe('offline');
  });

  it('is as the list says that was asked for last, whichever answer comes last', () => {
    const [first, second] = [statuses.ask(), statuses.ask()];
    statuses.learn([{ id: BEN, status: 'online' }], second);
    statuses.learn([{ id: BEN, status: 'offline' }], first);
    expect(shown()).toBe('online');
  });
});
