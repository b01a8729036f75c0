import type { ComponentProps } from 'react';
import { Link } from 'react-router';
import { besideRoom } from '../attachments/citation-place.ts';
import { ownPlace } from './own-place.ts';

/** A link in a message: to rooms and messages of this Atrium without a new tab, to the world outside with one. */
export function MessageLink({ href, ...props }: ComponentProps<'a'>) {
  const place = ownPlace(href, window.location.origin);
  if (place !== undefined) return <Link {...props} to={besideRoom(place)} />;
  return <a {...props} href={href} target="_blank" rel="noopener noreferrer nofollow" />;
}
