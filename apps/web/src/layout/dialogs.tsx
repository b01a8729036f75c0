import { type ComponentType, Suspense, lazy, useEffect, useRef, useState } from 'react';
import { PersonCards } from '../members/person-cards.tsx';
import { onKeysAsked, onSwitcherAsked } from '../kit/shortcuts.ts';
import { returnFocus } from '../kit/focus.ts';

type DialogProps = { open: boolean; close: () => void };

const Switcher = lazy(() => import('./switcher.tsx').then((m) => ({ default: m.Switcher })));
const KeysDialog = lazy(() => import('./keys-dialog.tsx').then((m) => ({ default: m.KeysDialog })));

/** What opens over any place; its code comes when it is first asked for. */
export function Dialogs() {
  return (
    <>
      <OnDemand onAsked={onSwitcherAsked} dialog={Switcher} />
      <OnDemand onAsked={onKeysAsked} dialog={KeysDialog} />
      <PersonCards />
    </>
  );
}

type OnDemandProps = { onAsked: (open: () => void) => () => void; dialog: ComponentType<DialogProps> };

function OnDemand({ onAsked, dialog: Dialog }: OnDemandProps) {
  const [state, setState] = useState<'never' | 'open' | 'closed'>('never');
  const opener = useRef<Element>(null);
  useEffect(
    () =>
      onAsked(() => {
        opener.current = document.activeElement;
        setState('open');
      }),
    [onAsked],
  );
  const close = (): void => {
    setState('closed');
    returnFocus(opener.current);
  };
  if (state === 'never') return null;
  return (
    <Suspense fallback={null}>
      <Dialog open={state === 'open'} close={close} />
    </Suspense>
  );
}
