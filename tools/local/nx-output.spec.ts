import { failedTasks, outputOfTasks } from './nx-output.ts';

const output = `
 NX   Running target test for 2 projects:

- rooms
- bus



> nx run bus:test  [local cache]

> jest

fine

> nx run rooms:test

> jest

expected 1, got 2



 NX   Running target test for 2 projects failed

Failed tasks:

- rooms:test

  Run duration:      332ms
`;

describe('what nx prints', () => {
  it('names the failed tasks', () => {
    expect(failedTasks(output)).toEqual(['rooms:test']);
  });

  it('names none when nothing failed', () => {
    expect(failedTasks(' NX   Successfully ran target test for 2 projects')).toEqual([]);
  });

  it('holds what each task printed', () => {
    const outputs = outputOfTasks(output);
    expect([...outputs.keys()]).toEqual(['bus:test', 'rooms:test']);
    expect(outputs.get('rooms:test')).toBe('> jest\n\nexpected 1, got 2');
  });
});
