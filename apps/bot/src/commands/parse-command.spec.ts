import { isLiteral, parseCommand } from './parse-command.ts';

describe('the reader of commands', () => {
  it.each([
    ['/help', { name: 'help', args: '' }],
    ['  /Help  ', { name: 'help', args: '' }],
    ['/summary last 50', { name: 'summary', args: 'last 50' }],
    ['/summary\nsince 2h', { name: 'summary', args: 'since 2h' }],
  ])('reads %p', (body, command) => {
    expect(parseCommand(body)).toEqual(command);
  });

  it.each(['//help', '/', '/ help', '/usr/bin', 'see /help', '/42', 'help', ''])('leaves %p alone', (body) => {
    expect(parseCommand(body)).toBeNull();
  });

  it('knows a literal slash', () => {
    expect(isLiteral('//help')).toBe(true);
    expect(isLiteral('/help')).toBe(false);
  });
});
