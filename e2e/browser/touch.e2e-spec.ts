import { cleanUp } from '@atrium/testing';
import type { Page } from 'playwright-core';
import { PHONE } from './support/eyes.ts';
import { type LivedIn, aLivedInRoom } from './support/lived-in.ts';
import { PLACES, PLACES_FOR_ANYONE, visit } from './support/places.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

const TOUCHED = { viewport: PHONE, hasTouch: true, isMobile: true };

describe('a page that is touched', () => {
  let here: LivedIn;
  let phone: Window;
  let stranger: Window;

  beforeAll(async () => {
    here = await aLivedInRoom();
    [phone, stranger] = await Promise.all([Window.open(TOUCHED), Window.open(TOUCHED)]);
    await phone.go('/sign-in');
    await phone.signIn(here.host.user.username);
  }, 120_000);

  it.each(PLACES_FOR_ANYONE)('takes a thumb anywhere within 44 pixels, and does not zoom into a field: $name', async (place) => {
    await visit(stranger, place, here);
    expect(await hardToTouch(stranger.page)).toEqual([]);
  });

  it.each(PLACES)('takes a thumb anywhere within 44 pixels, and does not zoom into a field, who is signed in: $name', async (place) => {
    await visit(phone, place, here);
    expect(await hardToTouch(phone.page)).toEqual([]);
  });
});

/** What a thumb misses that comes down well within 44 pixels, and fields that a phone zooms into for their small letters. */
const hardToTouch = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    // Half of 44, within what a field has for a frame.
    const REACH = 20;
    const CONTROLS = 'a[href], button, input, select, textarea, summary, [role="menuitem"], [role="option"], [role="radio"]';
    const owner = (element: Element | null): Element | null => {
      const control = element?.closest(CONTROLS);
      if (control) return control;
      return element?.closest('label')?.control ?? null;
    };
    // A word in a sentence is as high as its line, and so is a name above what was said, where a tap is for the message.
    const isInText = (control: Element): boolean =>
      control.closest('article header') !== null ||
      (getComputedStyle(control).display.startsWith('inline') &&
        (control.parentElement?.textContent.length ?? 0) > control.textContent.length);
    const found: string[] = [];
    for (const control of document.querySelectorAll<HTMLElement>(CONTROLS)) {
      if (
        !control.checkVisibility({ opacityProperty: true, visibilityProperty: true }) ||
        control.matches(':disabled') ||
        isInText(control)
      )
        continue;
      const shown = control.matches('input') && control.offsetWidth < 30 ? ((control as HTMLInputElement).labels?.[0] ?? control) : control;
      shown.scrollIntoView({ block: 'center', inline: 'center' });
      const { x, y, width, height } = shown.getBoundingClientRect();
      const [middle, centre] = [x + width / 2, y + height / 2];
      const at = (across: number, down: number): Element | null => owner(document.elementFromPoint(middle + across, centre + down));
      if (width < 2 || at(0, 0) !== control) continue;
      const misses = [
        [0, -REACH],
        [0, REACH],
        [-REACH, 0],
        [REACH, 0],
      ].filter(([across, down]) => {
        const isOnScreen = middle + across! > 0 && middle + across! < innerWidth && centre + down! > 0 && centre + down! < innerHeight;
        return isOnScreen && at(across!, down!) !== control;
      });
      const isTyped = control.matches('textarea, input:not([type="checkbox"], [type="radio"], [type="range"], [type="file"])');
      const isSmall = isTyped && Number.parseFloat(getComputedStyle(control).fontSize) < 16;
      if (misses.length > 0 || isSmall)
        found.push(
          `${control.tagName} ${(control.getAttribute('aria-label') ?? control.textContent).slice(0, 40)} ${Math.round(width)}×${Math.round(height)}${isSmall ? ', small letters' : ''}`,
        );
    }
    return [...new Set(found)];
  });
