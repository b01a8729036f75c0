import type { Locator, Page } from 'playwright-core';
import type { LivedIn } from './lived-in.ts';
import type { Window } from './window.ts';

/** Somewhere the page can be: its address, and what is there once it has arrived. */
export type Place = {
  name: string;
  path: (here: LivedIn) => string;
  sign: (page: Page) => Locator;
  /** What is new there, when the rest is the same as in the room. */
  part?: string;
};

const heading = (name: string | RegExp) => (page: Page) => page.getByRole('heading', { name });
const panel = (name: string, text: string | RegExp) => (page: Page) =>
  page.getByRole('complementary', { name, exact: true }).getByText(text).first();

export const PLACES_FOR_ANYONE: Place[] = [
  { name: 'sign-in', path: () => '/sign-in', sign: heading('Sign in') },
  { name: 'forgotten-password', path: () => '/forgot-password', sign: heading('Forgot your password?') },
  { name: 'new-password', path: () => '/reset-password#token=x', sign: heading('Choose a new password') },
  { name: 'register', path: () => '/register', sign: heading('Create an account') },
];

export const PLACES: Place[] = [
  { name: 'rooms', path: () => '/rooms', sign: (page) => page.getByRole('list', { name: 'Rooms to discover' }) },
  { name: 'create', path: () => '/rooms/create', sign: heading('Create a room') },
  {
    name: 'room',
    path: ({ room }) => `/rooms/${room.id}`,
    sign: (page) => page.getByRole('region', { name: 'Messages' }).getByText('Reading it.'),
  },
  {
    name: 'thread',
    part: 'aside[aria-label="Thread"]',
    path: ({ room, root }) => `/rooms/${room.id}/thread/${root.id}`,
    sign: panel('Thread', 'Two of us now.'),
  },
  {
    name: 'threads-of-room',
    part: 'aside[aria-label="Threads"]',
    path: ({ room }) => `/rooms/${room.id}/threads`,
    sign: panel('Threads', '2 replies'),
  },
  { name: 'threads', path: () => '/threads', sign: (page) => page.getByRole('list', { name: 'Threads' }).getByText('2 replies') },
  { name: 'saved', path: () => '/saved', sign: (page) => page.getByRole('list', { name: 'Saved messages' }).getByText('trembling') },
  {
    name: 'pins',
    part: 'aside[aria-label="Pins"]',
    path: ({ room }) => `/rooms/${room.id}/pins`,
    sign: panel('Pins', 'Is anybody there?'),
  },
  { name: 'files', part: 'aside[aria-label="Files"]', path: ({ room }) => `/rooms/${room.id}/files`, sign: panel('Files', 'torn.pdf') },
  {
    name: 'ask',
    part: 'aside[aria-label="Ask the files"]',
    path: ({ room }) => `/rooms/${room.id}/ask`,
    sign: (page) => page.getByRole('article', { name: 'Answer' }).last(),
  },
  {
    name: 'file',
    path: ({ room, manual }) => `/rooms/${room.id}/files/${manual.id}`,
    sign: (page) => page.getByRole('article', { name: 'Answer' }).last(),
  },
  {
    name: 'document',
    part: 'aside[aria-label="Document"]',
    path: ({ room, manual }) => `/rooms/${room.id}/document/${manual.id}`,
    sign: (page) => page.locator('canvas').first(),
  },
  {
    name: 'failed-file',
    path: ({ room, torn }) => `/rooms/${room.id}/files/${torn.id}`,
    sign: (page) => page.getByRole('button', { name: 'Read it again' }),
  },
  { name: 'members', part: 'aside[aria-label="Members"]', path: ({ room }) => `/rooms/${room.id}/members`, sign: panel('Members', 'Cleo') },
  {
    name: 'settings',
    part: 'aside[aria-label="Settings"]',
    path: ({ room }) => `/rooms/${room.id}/settings`,
    sign: (page) => page.getByRole('button', { name: 'Save changes' }),
  },
  {
    name: 'audit',
    part: 'aside[aria-label="Audit log"]',
    path: ({ room }) => `/rooms/${room.id}/audit`,
    sign: (page) => page.getByRole('list', { name: 'Audit log' }).getByText('created the room'),
  },
  {
    name: 'search',
    part: 'aside[aria-label="Search"]',
    path: ({ room }) => `/rooms/${room.id}/search?q=reading&here=1`,
    sign: (page) => page.getByRole('list', { name: 'Search results' }).getByRole('listitem'),
  },
  { name: 'join', path: ({ elsewhere }) => `/rooms/${elsewhere.id}/join`, sign: heading('The room next door') },
  { name: 'leave', path: ({ room }) => `/rooms/${room.id}/leave`, sign: (page) => page.getByRole('radio', { name: 'Cleo' }) },
  { name: 'profile', path: () => '/profile', sign: (page) => page.getByRole('button', { name: 'Save profile' }) },
  { name: 'security', path: () => '/profile/security', sign: (page) => page.getByRole('button', { name: 'Set up' }) },
  { name: 'tokens', path: () => '/profile/tokens', sign: (page) => page.getByRole('button', { name: 'Make a token' }) },
  { name: 'sessions', path: () => '/profile/sessions', sign: (page) => page.getByRole('list', { name: 'Sessions' }) },
  { name: 'credits', path: () => '/profile/credits', sign: (page) => page.getByRole('list', { name: 'Credit history' }) },
  { name: 'your data', path: () => '/profile/account', sign: (page) => page.getByRole('button', { name: 'Export my data' }) },
  { name: 'nowhere', path: () => '/no/such/place', sign: heading('This page is not here') },
];

const table = (name: string) => (page: Page) => page.getByRole('group', { name, exact: true }).getByRole('row').nth(1);

/** The console, for those who answer for the server. */
export const PLACES_FOR_ADMINS: Place[] = [
  { name: 'admin-people', path: () => '/admin/people', sign: table('People') },
  { name: 'admin-rooms', path: () => '/admin/rooms', sign: table('Rooms') },
  { name: 'admin-members', path: ({ room }) => `/admin/members?roomId=${room.id}`, sign: table('Members') },
  { name: 'admin-messages', path: ({ room }) => `/admin/messages?roomId=${room.id}`, sign: table('Messages') },
  { name: 'admin-files', path: () => '/admin/files', sign: table('Files') },
  { name: 'admin-jobs', path: () => '/admin/jobs', sign: heading('Dead letters') },
  { name: 'admin-credits', path: () => '/admin/credits', sign: table('Credits') },
  { name: 'admin-audit', path: () => '/admin/audit', sign: table('Audit log') },
  { name: 'admin-stats', path: () => '/admin/stats', sign: (page) => page.getByText('Open rooms').first() },
  { name: 'admin-system', path: () => '/admin/system', sign: heading('files-worker') },
];

/** Goes there, and waits until nothing is on its way any more. */
export async function visit(window: Window, place: Place, here: LivedIn): Promise<void> {
  await window.go(place.path(here));
  // On a phone a panel covers the conversation, or one of two parts shows: there, present is enough.
  await place.sign(window.page).first().waitFor({ state: 'attached' });
  await window.page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
}
