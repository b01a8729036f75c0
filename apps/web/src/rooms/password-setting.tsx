import { t } from '@lingui/core/macro';
import { Button, PasswordInput } from '@mantine/core';
import styles from './settings.module.css';

type PasswordSettingProps = {
  hasPassword: boolean;
  isPrivate: boolean;
  /** undefined leaves it as it is, null removes it. */
  password: string | null | undefined;
  setPassword: (password: string | null | undefined) => void;
  error: string | undefined;
};

/** Outsiders of a private room learn nothing of it; only the right password lets them in. */
const closed = () => t`None is set: people come in by an invite, or are added.`;

/** Changing the password ejects nobody, and nobody inside is asked again. */
export function PasswordSetting({ hasPassword, isPrivate, password, setPassword, error }: PasswordSettingProps) {
  if (password === null) {
    return (
      <div className={styles.inline}>
        <span>
          {t`The password will be removed`}
          {isPrivate && t`: people come in by an invite then`}.
        </span>
        <Button size="xs" variant="subtle" color="gray" onClick={() => setPassword(undefined)}>
          {t`Keep it`}
        </Button>
      </div>
    );
  }
  return (
    <div>
      <PasswordInput
        label={hasPassword ? t`New room password` : t`Room password`}
        description={
          hasPassword ? t`One is set. Leave empty to keep it.` : isPrivate ? closed() : t`None is set: anyone who finds the room can join.`
        }
        value={password ?? ''}
        onChange={(event) => setPassword(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
        error={error}
        autoComplete="new-password"
      />
      {hasPassword && password === undefined && (
        <Button size="compact-xs" variant="subtle" color="red" mt={6} onClick={() => setPassword(null)}>
          {t`Remove the password`}
        </Button>
      )}
    </div>
  );
}
