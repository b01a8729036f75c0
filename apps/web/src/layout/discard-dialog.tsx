import { t } from '@lingui/core/macro';
import { Button, Group, Modal } from '@mantine/core';
import { unsaved } from '../kit/unsaved.ts';

export function DiscardDialog() {
  return (
    <Modal opened onClose={() => unsaved.answer(false)} title={t`Discard your changes?`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <p>{t`What you changed here is not saved yet.`}</p>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" data-autofocus onClick={() => unsaved.answer(false)}>
          {t`Keep editing`}
        </Button>
        <Button color="red" onClick={() => unsaved.answer(true)}>
          {t`Discard`}
        </Button>
      </Group>
    </Modal>
  );
}
