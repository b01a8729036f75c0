import { shownPayload } from './shown-payload.ts';

describe('what is shown of a dead letter', () => {
  it('are ids, times, numbers and the words of contracts', () => {
    const event = {
      roomId: '01900000-0000-7000-8000-000000000000',
      at: '2026-11-27T12:00:00.000Z',
      version: 3,
      member: { role: 'host', muted: null },
    };
    expect(shownPayload(JSON.stringify(event))).toEqual(event);
  });

  it.each([
    [{ body: 'Hi' }, { body: '(2 characters)' }],
    [
      { entries: [{ type: 'message.created', message: { body: '漢字', mentions: ['ann'] } }] },
      { entries: [{ type: 'message.created', message: { body: '(2 characters)', mentions: ['(3 characters)'] } }] },
    ],
    [{ type: 'x'.repeat(41) }, { type: '(41 characters)' }],
  ])('is nothing that people wrote: %j', (event, expected) => {
    expect(shownPayload(JSON.stringify(event))).toEqual(expected);
  });

  it('is the length alone of what is no JSON', () => {
    expect(shownPayload('secret {')).toBe('(8 characters)');
  });
});
