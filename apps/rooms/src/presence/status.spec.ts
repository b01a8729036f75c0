import { visibleStatus } from './status.ts';

describe('the status that others see', () => {
  it('shows what the connections say when nothing is set by hand', () => {
    expect((['online', 'away', 'offline'] as const).map((connected) => visibleStatus(connected, 'auto'))).toEqual([
      'online',
      'away',
      'offline',
    ]);
  });

  it.each(['away', 'dnd'] as const)('lets %s set by hand win while connected', (setting) => {
    expect(visibleStatus('online', setting)).toBe(setting);
    expect(visibleStatus('away', setting)).toBe(setting);
  });

  it.each(['away', 'dnd'] as const)('never shows someone connected because %s is set', (setting) => {
    expect(visibleStatus('offline', setting)).toBe('offline');
  });
});
