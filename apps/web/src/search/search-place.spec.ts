import type { SearchHit } from '@atrium/contracts';
import { hasOperator, linkToHit, linkToSearch, readSearchPlace, searchParamsOf, toggleOperator, type SearchPlace } from './search-place.ts';

const place: SearchPlace = { q: 'budget has:link', isHere: true, sort: 'newest' };

describe('the address of a search', () => {
  it('holds what is searched for, where, and in which order', () => {
    expect(readSearchPlace(searchParamsOf(place))).toEqual(place);
    expect(linkToSearch(place, 'r1')).toBe('/rooms/r1/search?q=budget+has%3Alink&here=1&sort=newest');
    expect(linkToSearch({ q: 'x', isHere: false, sort: 'relevance' }, undefined)).toBe('/search?q=x');
  });

  it('of a hit is the message in its room or thread, or the passage of the file', () => {
    const message = { kind: 'message', roomId: 'r2', message: { seq: 7 } } as SearchHit;
    expect(linkToHit(message, place, true)).toBe('/rooms/r2/search?q=budget+has%3Alink&here=1&sort=newest&at=7');
    expect(linkToHit(message, place, false)).toBe('/rooms/r2?at=7');
    const reply = { kind: 'message', roomId: 'r2', message: { seq: 9, parentId: 'm1' } } as SearchHit;
    expect(linkToHit(reply, place, true)).toBe('/rooms/r2/thread/m1?at=9');
    const file = { kind: 'file', roomId: 'r2', file: { id: 'f1' }, page: 3, passage: { start: 5, end: 9 } } as SearchHit;
    expect(linkToHit(file, place, true)).toBe('/rooms/r2/document/f1?page=3&start=5&end=9');
    expect(linkToHit({ kind: 'file', roomId: 'r2', file: { id: 'f1' } } as SearchHit, place, true)).toBe('/rooms/r2/document/f1');
  });
});

describe('an operator of a query', () => {
  it('is put in and taken out, and what is in quotes is none', () => {
    expect(toggleOperator('budget', 'has:link')).toBe('budget has:link');
    expect(toggleOperator('late has:link budget', 'has:link')).toBe('late budget');
    expect(hasOperator('HAS:Link x', 'has:link')).toBe(true);
    expect(hasOperator('"has:link"', 'has:link')).toBe(false);
  });
});
