import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';

const SETTLES_AFTER_MS = 250;

/** What is sought stands in the address, so that a reload or a link shows the same list. */
export function useFilters(): [get: (name: string) => string, set: (name: string, value: string) => void] {
  const [params, setParams] = useSearchParams();
  const set = (name: string, value: string): void => {
    setParams(
      (now) => {
        if (value === '') now.delete(name);
        else now.set(name, value);
        return now;
      },
      { replace: true },
    );
  };
  return [(name) => params.get(name) ?? '', set];
}

/** A text over one of them, which reaches the address when the typist rests. */
export function useTypedFilter(name: string): [text: string, type: (text: string) => void] {
  const [get, set] = useFilters();
  const settled = get(name);
  const [typed, setTyped] = useState<string>();
  useEffect(() => {
    if (typed === undefined || typed === settled) return;
    const timer = setTimeout(() => set(name, typed), SETTLES_AFTER_MS);
    return () => clearTimeout(timer);
  });
  return [typed ?? settled, setTyped];
}
