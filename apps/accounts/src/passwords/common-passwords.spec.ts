import { AppError } from '@atrium/contracts';
import { requireUncommon } from './common-passwords.ts';

const codeOf = (password: string): string => {
  try {
    requireUncommon(password, { username: 'ann.bell', email: 'ann@example.org' });
    return 'taken';
  } catch (error) {
    return (error as AppError).code;
  }
};

describe('A password that is guessed first', () => {
  it.each([
    ['of the most used', 'Password1'],
    ['of one character', 'aaaaaaaa'],
    ['of blanks', '          '],
    ['of two characters in turn', '10101010'],
    ['of a row upwards', '23456789'],
    ['of a row downwards', '87654321'],
    ['of the alphabet', 'ABCDEFGHIJ'],
    ['of the own name', 'ann.bell'],
    ['of the own address', 'Ann@example.org'],
  ])('is refused: one %s', (_, password) => {
    expect(codeOf(password)).toBe('validation_failed');
  });
});

describe('A password that nobody guesses first', () => {
  it.each(['correct horse battery', 'abcdefgi', '2345678x', 'aabbccdé', '漢字漢語漢文'])('is taken: %s', (password) => {
    expect(codeOf(password)).toBe('taken');
  });
});
