import { queryParts, type SearchHit } from '@atrium/contracts';
import { linkToDocument } from '../attachments/citation-place.ts';

/** A search as the address names it. `isHere`: in the room that is open, not in all. */
export type SearchPlace = { q: string; isHere: boolean; sort: 'relevance' | 'newest' };

export function readSearchPlace(search: URLSearchParams): SearchPlace {
  return {
    q: search.get('q') ?? '',
    isHere: search.get('here') === '1',
    sort: search.get('sort') === 'newest' ? 'newest' : 'relevance',
  };
}

export function searchParamsOf({ q, isHere, sort }: SearchPlace): URLSearchParams {
  const params = new URLSearchParams();
  if (q !== '') params.set('q', q);
  if (isHere) params.set('here', '1');
  if (sort === 'newest') params.set('sort', sort);
  return params;
}

/** Beside the room that is open, or a page of its own. */
export function linkToSearch(place: SearchPlace, roomId: string | undefined): string {
  return `${roomId === undefined ? '' : `/rooms/${roomId}`}/search?${searchParamsOf(place)}`;
}

/** Where a hit is shown: a message in its place, a file beside its room, at the page with the passage marked. */
export function linkToHit(hit: SearchHit, place: SearchPlace, keepsPanel: boolean): string {
  if (hit.kind === 'file') {
    const passage = hit.passage && hit.page !== undefined ? { page: hit.page, ...hit.passage } : {};
    return linkToDocument(hit.roomId, { fileId: hit.file.id, ...passage });
  }
  const { parentId, seq } = hit.message;
  if (parentId !== undefined) return `/rooms/${hit.roomId}/thread/${parentId}?at=${seq}`;
  if (!keepsPanel) return `/rooms/${hit.roomId}?at=${seq}`;
  const params = searchParamsOf(place);
  params.set('at', String(seq));
  return `/rooms/${hit.roomId}/search?${params}`;
}

/** Whether an operator such as `has:link` stands in a query. */
export const hasOperator = (q: string, operator: string): boolean => placeOf(q, operator) !== undefined;

/** Puts an operator at the end of a query, or takes it out. */
export function toggleOperator(q: string, operator: string): string {
  const part = placeOf(q, operator);
  const without = part ? q.slice(0, part.start) + q.slice(part.end) : `${q} ${operator}`;
  return without.replace(/\s+/g, ' ').trim();
}

function placeOf(q: string, operator: string) {
  return queryParts(q).find((part) => part.kind === 'operator' && `${part.operator}:${part.value.toLowerCase()}` === operator);
}
