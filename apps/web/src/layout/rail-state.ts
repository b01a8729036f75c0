import { useLocalStorage } from '@mantine/hooks';

/** Whether the rail shows, as chosen on this device. */
export function useRailOpen(): [boolean, (open: boolean) => void] {
  const [open, setOpen] = useLocalStorage({ key: 'atrium.rail', defaultValue: true, getInitialValueInEffect: false });
  return [open, setOpen];
}
