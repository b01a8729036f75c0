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
