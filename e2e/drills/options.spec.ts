import { findRaces } from './races/races.ts';
import { readOptions, turnsOf } from './options.ts';

describe('drills that are run several times', () => {
  it('are run in turns, each time with the next seed', () => {
    const options = readOptions(['--only', 'kill:gateway,kill:nats', '--seed', '7', '--times', '2']);
    expect(turnsOf(options)).toEqual([
      { name: 'kill:gateway', seed: 7 },
      { name: 'kill:nats', seed: 7 },
      { name: 'kill:gateway', seed: 8 },
      { name: 'kill:nats', seed: 8 },
    ]);
  });

  it.each(['0', 'often', '1.5'])('are refused %s times', (times) => {
    expect(() => readOptions(['--times', times])).toThrow(`--times is "${times}"`);
  });
});

describe('the races of a drill', () => {
  it('are asked for all together or one by one', () => {
    expect(findRaces('races').length).toBeGreaterThan(findRaces('races:kick').length);
    expect(findRaces('races:kick').map(({ key }) => key)).toEqual(['kick']);
    expect(findRaces('kill:messages')).toEqual([]);
  });

  it('have keys of their own', () => {
    const keys = findRaces('races').map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('are refused by a key that none has', () => {
    expect(() => readOptions(['--only', 'races:kic'])).toThrow('There is no race "kic"');
  });
});
