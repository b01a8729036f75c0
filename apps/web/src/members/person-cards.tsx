import { Suspense, lazy, useEffect, useRef, useState } from 'react';
import { returnFocus } from '../kit/focus.ts';
import { onCardAsked, type AskedCard } from '../people/person-button.tsx';

const PersonCard = lazy(() => import('./person-card.tsx').then((m) => ({ default: m.PersonCard })));

/** The card of whoever was asked for; its code comes with the first. */
export function PersonCards() {
  const [asked, setAsked] = useState<AskedCard>();
  const opener = useRef<Element>(null);
  useEffect(
    () =>
      onCardAsked((next) => {
        opener.current = document.activeElement;
        setAsked(next);
      }),
    [],
  );
  if (!asked) return null;
  const close = (): void => {
    setAsked(undefined);
    returnFocus(opener.current);
  };
  return (
    <Suspense fallback={null}>
      <PersonCard key={asked.userId} {...asked} onClose={close} />
    </Suspense>
  );
}
