import { t } from '@lingui/core/macro';
import { PasswordForm } from './password-form.tsx';
import styles from './profile.module.css';
import { TwoFactorSetting } from './two-factor-setting.tsx';

/** How this account is kept one's own. */
export function Security() {
  return (
    <>
      <section className={styles.section} aria-labelledby="change-password">
        <h2 id="change-password">{t`Password`}</h2>
        <PasswordForm />
      </section>
      <section className={styles.section} aria-labelledby="two-factor">
        <h2 id="two-factor">{t`Second factor`}</h2>
        <TwoFactorSetting />
      </section>
    </>
  );
}
