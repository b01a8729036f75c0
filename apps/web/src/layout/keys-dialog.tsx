import { t } from '@lingui/core/macro';
import { Modal } from '@mantine/core';
import styles from './keys-dialog.module.css';
import { shortcuts } from '../kit/shortcuts.ts';

/** The keys, listed. */
export function KeysDialog({ open, close }: { open: boolean; close: () => void }) {
  return (
    <Modal opened={open} onClose={close} returnFocus={false} title={t`Keyboard`} closeButtonProps={{ 'aria-label': t`Close` }}>
      {shortcuts().map(({ group, items }) => (
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
