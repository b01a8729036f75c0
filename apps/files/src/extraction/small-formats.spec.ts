import { textOf } from '../../test/reading.ts';

const lines = (...all: string[]) => `${all.join('\n')}\n`;

describe('subtitles', () => {
  it.each(['a.ass', 'a.txt'])('of SubStation Alpha are read with their speakers, without how they look: %s', async (name) => {
    const source = lines(
      ...['[Script Info]', 'Title: Harbour', '', '[V4+ Styles]', 'Style: Default,Arial', '', '[Events]'],
      'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
      'Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,not shown',
      'Dialogue: 0,0:00:01.00,0:00:03.00,Default,Ingrid,0,0,0,,{\\i1}The harbour{\\i0}\\Nopens, now.',
      'Dialogue: 0,0:00:04.00,0:00:05.00,Default,,0,0,0,,{\\p1}m 0 0 l 100 0{\\p0}',
    );
    expect(await textOf(name, source)).toBe('Harbour\n\n[0:00:01] Ingrid: The harbour opens, now.');
  });

  it("of YouTube's kind are read with their times", async () => {
    expect(await textOf('a.sbv', lines('0:00:01.000,0:00:04.000', 'The harbour opens', 'at seven.'))).toBe(
      '[0:00:01] The harbour opens at seven.',
    );
  });

  it('that count pictures are read without the numbers', async () => {
    expect(await textOf('a.sub', lines('{0}{25}The harbour opens', '{30}{60}Boats leave|at eight'))).toBe(
      'The harbour opens\n\nBoats leave at eight',
    );
  });

  it.each([
    ['00:00:05.000', '00:00:05'],
    ['65s', '00:01:05'],
  ])('that are XML are read with their times: %s', async (begin, shown) => {
    const source = `<tt xmlns="http://www.w3.org/ns/ttml"><body><div><p begin="${begin}">The harbour opens<br/>at <span>seven</span>.</p></div></body></tt>`;
    expect(await textOf('a.ttml', source)).toBe(`[${shown}] The harbour opens at seven.`);
  });
});

describe('a table of values between single quotes', () => {
  it('is read without them', async () => {
    expect(await textOf('a.csv', lines('name,motto', "'Ann','live, love'", "'Bob','it''s work'"))).toBe(
      "name | motto\n\nname: Ann; motto: live, love\nname: Bob; motto: it's work",
    );
  });

  it('is not one where words begin with an apostrophe', async () => {
    expect(await textOf('a.csv', lines('name,note', "Ann,'tis fine", "Bob,'twas late"))).toContain("name: Ann; note: 'tis fine");
  });
});

describe('bookmarks and outlines', () => {
  it('of a browser have the addresses they are about', async () => {
    const source = lines(
      ...['<!DOCTYPE NETSCAPE-Bookmark-file-1>', '<TITLE>Bookmarks</TITLE>', '<DL><p>', '<DT><H3>Harbour</H3>', '<DL><p>'],
      ...['<DT><A HREF="https://norwick.example/tides" ADD_DATE="2">Tide tables</A>', '<DD>Updated weekly', '</DL><p>', '</DL><p>'],
    );
    expect(await textOf('bookmarks.html', source)).toContain('Harbour\n\nTide tables (https://norwick.example/tides)\nUpdated weekly');
  });

  it('have an item to a line, below the one it belongs to', async () => {
    const source =
      '<opml version="2.0"><head><title>Feeds</title></head><body><outline text="News"><outline type="rss" text="Norwick Times" xmlUrl="https://n.example/rss"/></outline><outline text="Oil" _note="for Friday"/></body></opml>';
    expect(await textOf('feeds.opml', source)).toBe('Feeds\n\n- News\n  - Norwick Times (https://n.example/rss)\n- Oil. for Friday');
  });
});

describe('a calendar', () => {
  const anEvent = (...more: string[]) =>
    lines('BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'DTSTART;TZID=Europe/Oslo:20240314T090000', ...more, 'END:VEVENT', 'END:VCALENDAR');

  it.each([
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;UNTIL=20241231T000000Z', 'every 2 weeks on Tuesday and Thursday, until 2024-12-31'],
    ['FREQ=MONTHLY;BYDAY=-1FR', 'every month on the last Friday'],
    ['FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=17;COUNT=3', 'every year on day 17 in May, 3 times'],
    ['FREQ=YEARLY;BYSETPOS=2', 'FREQ=YEARLY;BYSETPOS=2'],
  ])('says in words how an event repeats: %s', async (rule, words) => {
    expect(await textOf('a.ics', anEvent(`RRULE:${rule}`))).toContain(`Repeats: ${words}`);
  });

  it('says how long an event takes, when it does not take place, and when one is reminded', async () => {
    const text = await textOf(
      'a.ics',
      anEvent(
        ...['DURATION:PT1H30M', 'EXDATE;TZID=Europe/Oslo:20240321T090000,20240328T090000'],
        ...['BEGIN:VALARM', 'TRIGGER:-PT15M', 'DESCRIPTION:Reminder', 'END:VALARM'],
      ),
    );
    expect(text).toContain('Start: 2024-03-14 09:00 Europe/Oslo\nDuration: 1 hour 30 minutes\n');
    expect(text).toContain('Except: 2024-03-21 09:00 Europe/Oslo, 2024-03-28 09:00 Europe/Oslo');
    expect(text).toContain('Reminder: 15 minutes before');
    expect(text).not.toContain('Description');
  });
});

describe('a table of a page without marked headings', () => {
  it('has the names of groups and of their columns where a cell reaches over both rows', async () => {
    const source =
      '<table><tr><td rowspan=2>Region</td><td colspan=2>2023</td><td colspan=2>2024</td></tr><tr><td>Q1</td><td>Q2</td><td>Q1</td><td>Q2</td></tr><tr><td>North</td><td>10</td><td>20</td><td>30</td><td>40</td></tr><tr><td>South</td><td>11</td><td>21</td><td>31</td><td>41</td></tr></table>';
    expect(await textOf('a.html', source)).toContain('Region: South; 2023 Q1: 11; 2023 Q2: 21; 2024 Q1: 31; 2024 Q2: 41');
  });
});
