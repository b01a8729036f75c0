import { CATALOGUES } from './catalogues.ts';
import { i18n, inLanguage, LANGUAGES } from './words.ts';

const messages = Object.keys(CATALOGUES.en) as (keyof typeof CATALOGUES.en)[];
/** The values that stand in a message, however deep in its plurals. */
const valuesOf = (message: unknown): string[] => {
  if (!Array.isArray(message)) return [];
  return message.flatMap((part: unknown) => {
    if (!Array.isArray(part)) return [];
    const [name, , forms = {}] = part as [string, string?, Record<string, unknown>?];
    return [name, ...Object.values(forms).flatMap(valuesOf)];
  });
};
const distinct = (names: string[]) => [...new Set(names)].sort();

describe('The words of the bot', () => {
  it('are English where nobody said who reads them', () => {
    expect(i18n.t('Sent to {name}.', { name: 'Ann' })).toBe('Sent to Ann.');
  });

  it('are in the language of who reads them, also after what is waited for', async () => {
    const later = () => Promise.resolve().then(() => i18n.t('Sent to {name}.', { name: 'Ann' }));
    expect(await Promise.all(LANGUAGES.map((language) => inLanguage(language, later)))).toEqual([
      'Sent to Ann.',
      'An Ann gesendet.',
      'Đã gửi cho Ann.',
    ]);
  });

  it('count as each language does', () => {
    const counted = (count: number) => i18n.t('{count, plural, one {# message} other {# messages}}', { count });
    expect([counted(1), counted(2000)]).toEqual(['1 message', '2,000 messages']);
    expect(inLanguage('de', () => [counted(1), counted(2000)])).toEqual(['1 Nachricht', '2.000 Nachrichten']);
    expect(inLanguage('vi', () => [counted(1), counted(2000)])).toEqual(['1 tin nhắn', '2.000 tin nhắn']);
  });

  it.each(LANGUAGES)('tell in %s all that they tell in English', (language) => {
    const other = CATALOGUES[language];
    for (const message of messages) {
      expect([message, distinct(valuesOf(other[message]))]).toEqual([message, distinct(valuesOf(CATALOGUES.en[message]))]);
    }
  });
});
