import { ownPlace } from './own-place.ts';

const ORIGIN = 'https://chat.example.org';
const placeOf = (href: string | undefined) => ownPlace(href, ORIGIN);

describe('a link in a message', () => {
  it.each([
    [`${ORIGIN}/rooms/r1?at=12`, '/rooms/r1?at=12'],
    [`${ORIGIN}/rooms/r1/thread/m1?at=13`, '/rooms/r1/thread/m1?at=13'],
    [`${ORIGIN}/rooms`, '/rooms'],
    ['/rooms/r1/files', '/rooms/r1/files'],
  ])('to %s opens on this page', (href, place) => expect(placeOf(href)).toBe(place));

  it.each([
    'https://example.org/rooms/r1',
    'http://chat.example.org/rooms/r1',
    `${ORIGIN}/api/rooms/r1`,
    `${ORIGIN}/roomsy`,
    '//example.org/rooms/r1',
    'mailto:ann@example.org',
    'https://',
    '',
    undefined,
  ])('to %s is left to the browser', (href) => expect(placeOf(href)).toBeUndefined());
});
