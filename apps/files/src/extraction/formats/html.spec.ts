import { textOf } from '../../../test/reading.ts';

describe('a web page', () => {
  it('is read without what is hidden', async () => {
    const source = `<html><head><style>.gone { display: none }</style></head><body><p hidden>one</p><div style="display:none">two</div>
      <p class="x gone">three</p><template>four</template><noscript>five</noscript><p>Shown.</p></body></html>`;
    expect(await textOf('a.html', source)).toBe('Shown.');
  });

  it('is read without the small signs that say how others are spoken', async () => {
    expect(await textOf('a.html', '<html><p><ruby>東京<rp>(</rp><rt>とうきょう</rt><rp>)</rp></ruby>の港</p></html>')).toBe('東京の港');
  });

  it('keeps a summary apart from what it opens', async () => {
    const source = '<html><details><summary>Who has the key?</summary>Ingrid has it.</details></html>';
    expect(await textOf('a.html', source)).toBe('Who has the key?\nIngrid has it.');
  });

  it('numbers the items of its lists as a browser does', async () => {
    expect(await textOf('a.html', '<html><ol start="3"><li>three</li><li>four</li></ol></html>')).toBe('3. three\n4. four');
  });
});

describe('a table of a web page', () => {
  it('has the names of its groups before those of its columns', async () => {
    const source = `<html><table><tr><th rowspan="2">Boat</th><th colspan="2">2025</th></tr><tr><th>Trips</th><th>Guests</th></tr>
      <tr><td>Aurora</td><td>12</td><td>340</td></tr></table></html>`;
    expect(await textOf('a.html', source)).toContain('Boat: Aurora; 2025 Trips: 12; 2025 Guests: 340');
  });

  it('repeats a cell in every row it reaches down to', async () => {
    const source = `<html><table><tr><th>Day</th><th>Boat</th></tr><tr><td rowspan="2">Monday</td><td>Aurora</td></tr><tr><td>Brise</td></tr></table></html>`;
    expect(await textOf('a.html', source)).toContain('Day: Monday; Boat: Brise');
  });

  it.each([
    ['over all its columns', '<tr><th colspan="3">Fleet of 2026</th></tr><tr><th>Boat</th><th>Built</th><th>Crew</th></tr>'],
    ['in a row of its own', '<tr><th>Fleet of 2026</th><th></th><th></th></tr><tr><td>Boat</td><td>Built</td><td>Crew</td></tr>'],
  ])('has a title %s above it, and not in the names of its columns', async (_where, head) => {
    const body = '<tr><td>Aurora</td><td>1962</td><td>4</td></tr><tr><td>Brise</td><td>1988</td><td>6</td></tr>';
    const text = await textOf('a.html', `<html><table>${head}${body}</table></html>`);
    expect(text).toContain('Fleet of 2026\n');
    expect(text).toContain('\nBoat: Brise; Built: 1988; Crew: 6');
  });

  it('has names of columns and of rows with an empty corner between them', async () => {
    const source = `<html><table><tr><td></td><th>Monday</th><th>Tuesday</th></tr>
      <tr><th>Opens</th><td>9</td><td>10</td></tr><tr><th>Closes</th><td>17</td><td>18</td></tr></table></html>`;
    expect(await textOf('a.html', source)).toContain('Closes; Monday: 17; Tuesday: 18');
  });

  it('has names of columns in bold where no tag says so', async () => {
    const source = `<html><table><tr><td><b>Term</b></td><td><strong>Meaning</strong></td></tr>
      <tr><td>Bow</td><td>front of a boat</td></tr><tr><td>Stern</td><td><b>back</b> of a boat</td></tr></table></html>`;
    expect(await textOf('a.html', source)).toContain('Term: Stern; Meaning: back of a boat');
  });

  it('tells a heading beside each row with its value', async () => {
    const source = '<html><table><tr><th>Keeper</th><td>Ingrid</td></tr><tr><th>Height</th><td>20 m</td></tr></table></html>';
    expect(await textOf('a.html', source)).toContain('Keeper: Ingrid\nHeight: 20 m');
  });

  it('stays text where it only lays out the page', async () => {
    const long = 'The harbour opens at seven. '.repeat(20);
    const source = `<html><table><tr><td>${long}</td><td>${long}</td></tr></table></html>`;
    expect(await textOf('a.html', source)).not.toContain('|');
  });
});
