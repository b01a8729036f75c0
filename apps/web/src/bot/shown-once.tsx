import { t } from '@lingui/core/macro';
import { Button, TextInput } from '@mantine/core';
import { copyText } from '../kit/clipboard.ts';
import { showError, showToast } from '../kit/toasts.tsx';
import styles from './bot-settings.module.css';

type ShownOnceProps = { what: 'address' | 'secret'; description: string; value: string };

/** What the server tells this once, ready to be copied. */
export function ShownOnce({ what, description, value }: ShownOnceProps) {
  const copy = (): void =>
    void copyText(value).then(() => showToast(what === 'address' ? t`Address copied.` : t`Secret copied.`), showError);
  return (
    <div className={styles.secret} role="status">
      <TextInput
        label={what === 'address' ? t`Its address, shown this once` : t`Its secret, shown this once`}
        description={description}
        value={value}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button variant="default" onClick={copy}>
        {what === 'address' ? t`Copy the address` : t`Copy the secret`}
      </Button>
    </div>
  );
}
