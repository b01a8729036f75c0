import { Button, Group, Modal } from '@mantine/core';
import { unsaved } from './unsaved.ts';

export function DiscardDialog() {
  return (
    <Modal opened onClose={() => unsaved.answer(false)} title="Discard your changes?" closeButtonProps={{ 'aria-label': 'Close' }}>
      <p>What you changed here is not saved yet.</p>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" data-autofocus onClick={() => unsaved.answer(false)}>
          Keep editing
        </Button>
        <Button color="red" onClick={() => unsaved.answer(true)}>
          Discard
        </Button>
      </Group>
    </Modal>
  );
}
