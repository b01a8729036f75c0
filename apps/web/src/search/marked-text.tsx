import type { Highlight } from '@atrium/contracts';
import type { ReactNode } from 'react';

/** A piece of text with what was found in it marked; places are counted in code points. */
export function MarkedText({ text, ranges }: Highlight) {
  const characters = [...text];
  const parts: ReactNode[] = [];
  let done = 0;
  for (const { start, end } of ranges) {
    parts.push(characters.slice(done, start).join(''), <mark key={start}>{characters.slice(start, end).join('')}</mark>);
    done = end;
  }
  return (
    <>
      {parts}
      {characters.slice(done).join('')}
    </>
  );
}
