import { useLocalStorage, useMediaQuery } from '@mantine/hooks';

/** Where the rail beside the conversation leaves too little of it: it folds, and opens over the page. */
const NARROW = '(max-width: 1023px)';

/** Whether the rail shows, as chosen on this device; on a narrow window it is folded until it is asked for. */
export function useRailOpen(): [boolean, (open: boolean) => void] {
  const isNarrow = useRailOver();
  const [wide, setWide] = useLocalStorage({ key: 'atrium.rail', defaultValue: true, getInitialValueInEffect: false });
  const [over, setOver] = useLocalStorage({ key: 'atrium.rail-over', defaultValue: false, getInitialValueInEffect: false });
  return isNarrow ? [over, setOver] : [wide, setWide];
}

/** Whether the open rail lies over the page instead of beside it. */
export const useRailOver = (): boolean => useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false }) ?? false;
