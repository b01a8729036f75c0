import { t } from '@lingui/core/macro';
import { hasInk } from '@atrium/contracts';
import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';

const LONGEST = 40;

type SectionNameProps = { title: string; button: string; name?: string; onChoose: (name: string) => void; onClose: () => void };

/** What a section is called. */
export function SectionNameDialog({ title, button, name = '', onChoose, onClose }: SectionNameProps) {
  const [value, setValue] = useState(name);
  const [failure, setFailure] = useState<string>();
  const choose = (): void => {
    if (!hasInk(value)) return setFailure(t`Give it a name.`);
    onChoose(value.trim());
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t`Close` }}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          choose();
        }}
      >
        <TextInput
          label={t`Name`}
          maxLength={LONGEST}
          value={value}
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
