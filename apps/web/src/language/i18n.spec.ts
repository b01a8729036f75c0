import { plural, t } from '@lingui/core/macro';
import { i18n, say } from './i18n.ts';
import { messageId } from './message-id.ts';

const unread = (count: number) => plural(count, { one: '# reply', other: '# replies' });

describe('the words of the page', () => {
  afterEach(() => i18n.activate('en'));

  it('are English without a catalogue, with its plurals', () => {
    expect([unread(1), unread(2), unread(1200)]).toEqual(['1 reply', '2 replies', '1,200 replies']);
    expect(t`Pinned by ${'Ann'}`).toBe('Pinned by Ann');
  });

  it('are those of the chosen language, and English where its catalogue lacks them', () => {
    i18n.load('de', { [messageId('Pin')]: 'Anpinnen' });
    i18n.activate('de');
    expect([t`Pin`, t`Unpin`]).toEqual(['Anpinnen', 'Unpin']);
  });

  it('are found by their English', () => {
    i18n.load('vi', { [messageId([['count', 'plural', { one: ['#', ' reply'], other: ['#', ' replies'] }]])]: [['count'], ' trả lời'] });
    i18n.activate('vi');
    expect(unread(3)).toBe('3 trả lời');
    expect(say('Not in any catalogue')).toBe('Not in any catalogue');
  });
});
