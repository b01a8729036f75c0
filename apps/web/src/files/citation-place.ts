import type { Citation } from '@atrium/contracts';

/** A passage as the address names it: `?page=3&start=120&end=180`. */
export type Passage = { page: number; start: number; end: number };

export function readPassage(search: URLSearchParams): Passage | undefined {
  const [page, start, end] = ['page', 'start', 'end'].map((name) => Number(search.get(name) ?? Number.NaN));
  if (page === undefined || start === undefined || end === undefined) return undefined;
  return Number.isInteger(page) && Number.isInteger(start) && Number.isInteger(end) && end > start ? { page, start, end } : undefined;
}

export const linkToCitation = (roomId: string, { fileId, page, start, end }: Citation): string =>
  `/rooms/${roomId}/files/${fileId}?page=${page}&start=${start}&end=${end}`;
