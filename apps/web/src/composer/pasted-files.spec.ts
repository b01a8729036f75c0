import { namedFiles } from './pasted-files.ts';

const AT = new Date(2026, 10, 27, 9, 5, 3);
const namesOf = (...names: string[]) =>
  namedFiles(
    names.map((name) => new File(['x'], name, { type: 'image/png' })),
    AT,
  ).map(({ name }) => name);

describe('a pasted file', () => {
  it('is called by the moment where the browser gave it no name of its own', () => {
    expect(namesOf('image.png')).toEqual(['Pasted 2026-11-27 at 09.05.03.png']);
    expect(namesOf('image.png', 'image.jpeg')).toEqual(['Pasted 2026-11-27 at 09.05.03 1.png', 'Pasted 2026-11-27 at 09.05.03 2.jpeg']);
  });

  it('keeps the name that it has, and what it is', () => {
    expect(namesOf('plan.png', 'my image.png')).toEqual(['plan.png', 'my image.png']);
    expect(namedFiles([new File(['x'], 'image.png', { type: 'image/png' })], AT)[0]).toMatchObject({ type: 'image/png', size: 1 });
  });
});
