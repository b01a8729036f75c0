import { Button, TextInput } from '@mantine/core';
import { copyText } from '../app/clipboard.ts';
import { showError, showToast } from '../app/toasts.tsx';
import styles from './bot-settings.module.css';

type ShownOnceProps = { what: 'address' | 'secret'; description: string; value: string };

/** What the server tells this once, ready to be copied. */
export function ShownOnce({ what, description, value }: ShownOnceProps) {
  const copy = (): void => void copyText(value).then(() => showToast(what === 'address' ? 'Address copied.' : 'Secret copied.'), showError);
  return (
    <div className={styles.secret} role="status">
      <TextInput
        label={`Its ${what}, shown this once`}
        description={description}
        value={value}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button variant="default" onClick={copy}>
        Copy the {what}
      </Button>
    </div>
  );
}
