import { aRoomRecord } from '../../test/builders.ts';
import type { FileRecord } from '@atrium/contracts';
import { inLanguage } from '../words/words.ts';
import { renderFiles } from './files.command.ts';
import { renderHelp } from './help.command.ts';
import { plainText } from './plain-text.ts';
import { renderStatus } from './status.command.ts';
import { renderSummary } from './summary.command.ts';

const queue = { waiting: 2, extracting: 1, ready: 5, failed: 0 };

describe('answers of the bot', () => {
  it('show text that people chose as it was typed', () => {
    expect(plainText('[free](http://x) **now**\n<b>')).toBe('\\[free\\](http://x) \\*\\*now\\*\\* \\<b\\>');
    expect(plainText('_so_ said snake_case')).toBe('\\_so\\_ said snake_case');
  });

  it('tell how a room is doing', () => {
    const room = aRoomRecord({ name: 'Garden', topic: 'plants', memberCount: 12, onlineCount: 3 });
    const status = renderStatus(room, { hostName: 'Ann', queue });
    for (const part of ['**Garden** – plants', 'Host: Ann', 'Online: 3 of 12 members', 'Bot: on', '2 waiting, 1 being read, 5 ready']) {
      expect(status).toContain(part);
    }
    expect(status).not.toContain('failed');
    expect(status).not.toMatch(/credit/i);
    expect(renderStatus(room, { hostName: 'Ann', queue, credits: { balance: 7 } })).toContain('Your credits: 7');
    expect(renderStatus(room, { hostName: null, queue: null })).toMatch(/Host: nobody[\s\S]*not known right now/);
    expect(renderStatus(room, { hostName: null, queue: { ...queue, failed: 1 } })).toContain('1 failed');
  });

  it('list the commands of the registry and the keywords', () => {
    const command = { name: 'help', description: 'Helps.', usage: '/help', arguments: [], allowedRoles: [] };
    expect(renderHelp([command], ['hello'])).toMatch(/`\/help` – Helps\.[\s\S]*"hello"/);
    expect(renderHelp([command], [])).not.toContain('answer to');
  });

  it('tell why a file was not read in the language of who asks', () => {
    const file = { id: 'f1', name: 'plan.pdf', status: 'failed', statusReason: 'The PDF is encrypted for certain readers.' } as FileRecord;
    expect(renderFiles('r1', [file], false)).toContain('not readable: The PDF is encrypted for certain readers.');
    expect(inLanguage('de', () => renderFiles('r1', [file], false))).toContain('Das PDF ist für bestimmte Leser verschlüsselt.');
    const unknown = { ...file, statusReason: 'It rains.' };
    expect(inLanguage('vi', () => renderFiles('r1', [unknown], false))).toMatch(/không đọc được$/);
  });

  it('link each point of a summary to its message', () => {
    const points = [{ seq: 12, authorId: 'ann', sentence: 'We ship on Friday.' }];
    const ask = { roomId: 'r1', now: new Date(), timeZone: 'UTC' };
    const rendering = { ask, range: { kind: 'unread' } as const, names: new Map([['ann', 'Ann']]) };
    const summary = renderSummary({ points, messageCount: 1, truncated: false }, rendering);
    expect(summary).toBe('**Summary** of 1 message since you last read\n\n- **Ann**: We ship on Friday. [#12](/rooms/r1?at=12)');
    const mended = [{ ...points[0]!, outcome: { seq: 14, authorId: 'ann', sentence: 'Shipped.' } }];
    expect(renderSummary({ points: mended, messageCount: 3, truncated: false }, rendering)).toMatch(
      /\[#12\]\(\S+\)\n {2}- \*\*Ann\*\*: Shipped\. \[#14\]\(\/rooms\/r1\?at=14\)$/,
    );
    expect(renderSummary({ points: [], messageCount: 0, truncated: false }, rendering)).toContain('Nothing new');
    expect(renderSummary({ points, messageCount: 500, truncated: true }, rendering)).toContain('the newest 500 messages');
  });
});
