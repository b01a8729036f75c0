import { type RefObject, useEffect, useState } from 'react';

/** Whether it is in sight of what scrolls around it, or soon will be. */
export function useIsNear(place: RefObject<HTMLElement | null>): boolean {
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    if (!place.current) return;
    const root = place.current.closest('[data-scrolls]');
    const observer = new IntersectionObserver(([entry]) => setNear(entry?.isIntersecting === true), { root, rootMargin: '800px' });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [place]);
  return isNear;
}
