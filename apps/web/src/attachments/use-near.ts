import { type RefObject, useEffect, useState } from 'react';

/** Whether it has ever been within reach of being seen. */
export function useNear(place: RefObject<HTMLElement | null>, asks: boolean): boolean {
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    if (!asks || !place.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setNear(true), { rootMargin: '200px' });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [asks, place]);
  return isNear;
}
