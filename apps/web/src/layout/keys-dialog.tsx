import { Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import styles from './keys-dialog.module.css';
import { SHORTCUTS, isTyping } from './shortcuts.ts';

/** The keys, listed on `?`. */
export function KeysDialog() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === '?' && !isTyping(event.target) && !event.ctrlKey && !event.metaKey) setOpen(true);
    };
    const onAsk = (): void => setOpen(true);
    window.addEventListener('keydown', onKey);
    window.addEventListener('atrium:keys', onAsk);
    return () => {
      window.removeEventListener('keydown', onKey);
      window.removeEventListener('atrium:keys', onAsk);
    };
  }, []);
  return (
    <Modal opened={open} onClose={() => setOpen(false)} title="Keyboard" closeButtonProps={{ 'aria-label': 'Close' }}>
      {SHORTCUTS.map(({ group, items }) => (
        <section key={group} className={styles.group}>
          <h3>{group}</h3>
          <dl>
            {items.map(({ keys, does }) => (
              <div key={does}>
                <dt>{does}</dt>
                <dd>
                  {keys.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Modal>
  );
}

export const openKeys = (): void => void window.dispatchEvent(new Event('atrium:keys'));
