import { Id } from '@atrium/contracts';
import { messageId } from './message-id.ts';

describe('The id of a message', () => {
  it('is a UUID of version 7 that begins with the time, and no two of many are the same', () => {
    const before = Date.now();
    const ids = Array.from({ length: 5000 }, messageId);
    const after = Date.now();
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) {
      expect(Id.parse(id)).toBe(id);
      expect(id[14]).toBe('7');
      const at = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
      expect(at).toBeGreaterThanOrEqual(before);
      expect(at).toBeLessThanOrEqual(after);
    }
  });
});
