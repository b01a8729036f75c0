import { looksOfficial, plainOf, skeletonOf } from './skeleton.ts';

describe('the skeleton of a name', () => {
  it.each([
    ['Cyrillic letters', 'Аnn', 'Ann'],
    ['Greek letters', 'Αnn', 'Ann'],
    ['letters in full width', 'Ａｎｎ', 'Ann'],
    ['mathematical letters', '𝐀nn', 'Ann'],
    ['a space of no width', 'A\u200bnn', 'Ann'],
    ['a soft hyphen', 'An\u00adn', 'Ann'],
    ['digits for letters', 'B0b', 'Bob'],
    ['one for l', 'bi11', 'bill'],
  ])('is the same with %s', (_how, imitation, name) => {
    expect(skeletonOf(imitation)).toBe(skeletonOf(name));
  });

  it.each([
    ['José', 'Jose'],
    ['ann.b', 'annb'],
    ['Анна', 'Anna'],
    ['Ann', 'Anne'],
  ])('tells %s from %s', (one, other) => {
    expect(skeletonOf(one)).not.toBe(skeletonOf(other));
  });

  it('is another thing than how a name is written: case and width are no imitation', () => {
    expect(plainOf('ＡＮＮ ')).toBe(plainOf('ann'));
    expect(plainOf('Аnn')).not.toBe(plainOf('Ann'));
  });
});

describe('a name of the product', () => {
  it.each([
    'Room bot',
    'ROOM BOT',
    'Room-Bot',
    'Rооm bоt',
    'R\u200boom b0t',
    'Roorn bot',
    'Atriurn',
    'ѕystem',
    'mоderatоrs',
    'former\u200b-member',
    'Fоrmer Member',
    'Átrium Bot',
  ])('is seen in %s', (name) => {
    expect(looksOfficial(name)).toBe(true);
  });

  it.each(['Room bottom', 'Robot', 'Atrium fan', 'Ann', 'Bottle', 'Roomy'])('is not seen in %s', (name) => {
    expect(looksOfficial(name)).toBe(false);
  });
});
