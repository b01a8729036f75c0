import { aMsg, aTnef } from '../../../test/office.ts';
import { read, refusalOf, textOf } from '../../../test/reading.ts';

const BRISE = 'Boat: Brise; Built: 1988';

describe('an e-mail', () => {
  const mail = [
    'From: Ingrid =?utf-8?q?L=C3=BCnd?= <ingrid@norwick.example>',
    'To: Olav <olav@norwick.example>',
    'Subject: The key',
    'Date: Mon, 2 Mar 2026 09:00:00 +0100',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain; charset=iso-8859-1',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    'It hangs in the h=FCtte.',
    '--b',
    'Content-Type: text/csv; name="fleet.csv"',
    'Content-Disposition: attachment; filename="fleet.csv"',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from('Boat,Built\nBrise,1988\n').toString('base64'),
    '--b--',
    '',
  ].join('\r\n');

  it('says who wrote to whom, and is read with its attachments', async () => {
    const text = await textOf('a.eml', mail);
    expect(text).toContain('From: Ingrid Lünd <ingrid@norwick.example>\nTo: Olav <olav@norwick.example>');
    expect(text).toContain('Subject: The key\n\nIt hangs in the hütte.');
    expect(text).toContain(`fleet.csv\n\nBoat | Built\n\n${BRISE}`);
  });

  it('of a mailbox is a page of its own', async () => {
    const { pages } = await read(
      'a.mbox',
      ['one', 'two']
        .map((word) => `From ann@x.example Mon Mar  2 09:00:00 2026\nFrom: Ann <ann@x.example>\nSubject: ${word}\n\nThe ${word} text.\n\n`)
        .join(''),
    );
    expect(pages).toEqual([
      'From: Ann <ann@x.example>\nSubject: one\n\nThe one text.',
      'From: Ann <ann@x.example>\nSubject: two\n\nThe two text.',
    ]);
  });

  it('is read as Outlook saves it', async () => {
    expect(await textOf('a.msg', aMsg({ subject: 'The key', body: 'It hangs in the hut.', sender: 'Ingrid' }))).toBe(
      'From: Ingrid\nSubject: The key\n\nIt hangs in the hut.',
    );
  });

  it('is read where Outlook saved its text as packed rich text alone', async () => {
    const bytes = aMsg({ subject: 'The key', sender: 'Ingrid', rtf: String.raw`{\rtf1\ansi It hangs in the hut.\par}` });
    expect(await textOf('a.msg', bytes)).toBe('From: Ingrid\nSubject: The key\n\nIt hangs in the hut.');
  });

  const packed = aTnef({
    subject: 'The key',
    rtf: String.raw`{\rtf1\ansi It hangs in the hut.\par}`,
    file: { name: 'tide.txt', text: 'High water is at nine.' },
  });

  it('is read as Outlook packs it for others', async () => {
    expect(await textOf('winmail.dat', packed)).toBe('Subject: The key\n\nIt hangs in the hut.\n\ntide.txt\n\nHigh water is at nine.');
  });

  it('is read with the message that Outlook packed into it', async () => {
    const type = 'Content-Type: application/ms-tnef; name="winmail.dat"\r\nContent-Transfer-Encoding: base64\r\n';
    const mail = `From: Ann <ann@x.example>\r\nSubject: Key\r\nMIME-Version: 1.0\r\n${type}\r\n${packed.toString('base64')}\r\n`;
    expect(await textOf('a.eml', mail)).toContain('High water is at nine.');
  });

  it.each([20, 40, 110, 200])('that Outlook packed and that is cut after %i bytes ends honestly', async (bytes) => {
    const cut = packed.subarray(0, bytes);
    if ((await refusalOf('winmail.dat', cut)) === 'ready') expect((await read('winmail.dat', cut)).missing).toContain('ends in the middle');
    else expect(await refusalOf('winmail.dat', cut)).toBe('failed');
  });
});
