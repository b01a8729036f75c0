import { t } from '@lingui/core/macro';
import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { fieldTime } from './when-text.ts';

type TimeDialogProps = {
  title: string;
  button: string;
  at?: Date;
  /** @returns whether it was taken */
  onChoose: (at: Date) => Promise<boolean>;
  onClose: () => void;
};

/** A day and a time, in the reader's own time. */
export function TimeDialog({ title, button, at, onChoose, onClose }: TimeDialogProps) {
  const [value, setValue] = useState(() => fieldTime(at ?? new Date(Date.now() + 3_600_000)));
  const [failure, setFailure] = useState<string>();
  const choose = async (): Promise<void> => {
    const chosen = new Date(value);
    if (!(chosen.getTime() > Date.now())) return setFailure(t`Choose a time to come.`);
    if (await onChoose(chosen)) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t`Close` }}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void choose();
        }}
      >
        <TextInput
          type="datetime-local"
          label={t`Day and time`}
          description={t`In your time, ${Intl.DateTimeFormat().resolvedOptions().timeZone}`}
          value={value}
          min={fieldTime(new Date())}
          onChange={(event) => {
            setValue(event.currentTarget.value);
            setFailure(undefined);
          }}
          error={failure}
          data-autofocus
        />
        <Group justify="flex-end" gap="xs" mt="md">
          <Button variant="default" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit">{button}</Button>
        </Group>
      </form>
    </Modal>
  );
}
