import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** The one accent. */
const pine: MantineColorsTuple = [
  '#eaf5f2',
  '#d3e8e3',
  '#a8d3c9',
  '#7bc0b2',
  '#5cc2b0',
  '#2f9284',
  '#17796d',
  '#0d6b62',
  '#0a5750',
  '#07433e',
];
/** What deletes, removes and fails; dark enough for white words on it. */
const red: MantineColorsTuple = [
  '#fdeceb',
  '#f9d3d0',
  '#f4b0aa',
  '#f29a92',
  '#f58a82',
  '#d6483d',
  '#c2362c',
  '#b3261e',
  '#931e17',
  '#701510',
];
/** Mantine reads its dark surfaces from here; ours are the same (see tokens.css). */
const dark: MantineColorsTuple = [
  '#e6eae8',
  '#c3cbc8',
  '#a9b3af',
  '#8b9591',
  '#3a4142',
  '#2a2f30',
  '#1f2425',
  '#181c1d',
  '#121516',
  '#0e1112',
];

export const theme = createTheme({
  colors: { pine, red, dark },
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  fontFamily: "'Inter Variable', Inter, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Code', 'JetBrains Mono', Menlo, Consolas, monospace",
  fontSizes: { xs: '12px', sm: '14px', md: '15px', lg: '17px', xl: '20px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  defaultRadius: 'md',
  respectReducedMotion: true,
  cursorType: 'pointer',
  headings: { fontWeight: '650' },
  // Named, not imported: a component's code comes with the place that uses it.
  components: {
    Button: { defaultProps: { size: 'sm' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 32 } },
    // Every action has a key, and this one is an action.
    PasswordInput: { defaultProps: { visibilityToggleButtonProps: { tabIndex: 0, 'aria-label': 'Show the password' } } },
    Tooltip: { defaultProps: { openDelay: 400, transitionProps: { duration: 100 }, withArrow: false } },
    // Without the placeholder, which is no part of a menu, the first item has the focus.
    Menu: {
      defaultProps: {
        withInitialFocusPlaceholder: false,
        returnFocus: true,
        transitionProps: { duration: 100 },
        shadow: 'md',
        radius: 'md',
      },
    },
    Modal: { defaultProps: { transitionProps: { duration: 120 }, centered: true, radius: 'lg' } },
  },
});
