import { t } from '@lingui/core/macro';
import { ActionIcon, Button, Menu, Modal, NumberInput, Textarea } from '@mantine/core';
import { AdminReason } from '@atrium/contracts';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { showToast } from '../kit/toasts.tsx';
import { useForm } from '../kit/use-form.ts';
import styles from './admin.module.css';
import { readAgain } from './admin-api.ts';

/** Something an admin is about to do, to one or to many. */
export type Act = {
  title: string;
  /** What it brings about, in a sentence. */
  detail: string;
  /** The button's word. */
  verb: string;
  isDangerous?: boolean;
  /** Asked for beside the reason, where the act is about a number. */
  amount?: { label: string; max: number };
  /** Done one after another; the names of those that failed are told. */
  targets: readonly { id: string; name: string }[];
  run: (id: string, given: { reason: string; amount: number }) => Promise<unknown>;
  done: string;
};

/** Asks for the reason, which is kept in the audit log, and does it. */
export function ReasonDialog({ act, onClose }: { act: Act | undefined; onClose: () => void }) {
  return (
    <Modal opened={act !== undefined} onClose={onClose} title={act?.title} closeButtonProps={{ 'aria-label': t`Close` }}>
      {act && <ReasonForm key={act.title} act={act} onClose={onClose} />}
    </Modal>
  );
}

function ReasonForm({ act, onClose }: { act: Act; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const [amount, setAmount] = useState<number | string>('');
  const [left, setLeft] = useState(act.targets);
  const form = useForm(
    async () => {
      for (const target of left) {
        await act.run(target.id, { reason, amount: Number(amount) });
        setLeft((now) => now.filter(({ id }) => id !== target.id));
      }
      showToast(act.done);
      await readAgain();
      onClose();
    },
    () => AdminReason.safeParse(reason),
  );
  return (
    <form onSubmit={form.submit} className={styles.form} noValidate>
      <p className={styles.hint}>{act.detail}</p>
      {left.length > 1 && <p className={styles.hint}>{left.map(({ name }) => name).join(', ')}</p>}
      {act.amount && (
        <NumberInput
          label={act.amount.label}
          value={amount}
          onChange={setAmount}
          min={1}
          max={act.amount.max}
          allowDecimal={false}
          error={form.errorOf('amount')}
        />
      )}
      <Textarea
        data-autofocus
        label={t`Reason`}
        description={t`Kept in the audit log.`}
        maxLength={500}
        autosize
        minRows={2}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={form.errorOf('reason') ?? form.errorOf('')}
      />
      {form.failure && (
        <p className={styles.failure} role="alert">
          {left.length > 1 || act.targets.length > 1 ? `${left[0]?.name}: ` : ''}
          {form.failure}
        </p>
      )}
      <div className={styles.buttons}>
        <Button type="submit" color={act.isDangerous ? 'red' : undefined} loading={form.busy}>
          {act.verb}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t`Cancel`}
        </Button>
      </div>
    </form>
  );
}

export type MenuItem = { label: string; isDangerous?: boolean } & ({ act: Act } | { go: () => void });

/** What can be done with one row. */
export function ActMenu({ name, items, open }: { name: string; items: MenuItem[]; open: (act: Act) => void }) {
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t`Acts on ${name}`}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {items.map((item) => (
          <Menu.Item
            key={item.label}
            color={item.isDangerous ? 'var(--danger)' : undefined}
            onClick={() => ('act' in item ? open(item.act) : item.go())}
          >
            {item.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
