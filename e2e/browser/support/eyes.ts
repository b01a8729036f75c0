import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

export const DESK = { width: 1440, height: 900 };
export const PHONE = { width: 360, height: 740 };

/** The rules about colours. The others read the document, which is the same in every theme. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** What axe objects to, in both themes: the theme, the rule, and where. */
export async function objections(page: Page, within?: string): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
    const axe = new AxeBuilder({ page }).setLegacyMode();
    if (within) axe.include(within);
    if (colorScheme === 'dark') axe.withRules(COLOUR_RULES);
    // Not on by itself: who speaks to the page says what stands there.
    else axe.options({ rules: { 'label-content-name-mismatch': { enabled: true } } });
    const { violations } = await axe.analyze();
    found.push(
      ...violations.flatMap(({ id, nodes }) =>
        nodes.map((node) => `${colorScheme}, ${id}: ${node.target.join(' ')} ${node.html.slice(0, 120)}`),
      ),
    );
  }
  return found;
}

/** What reaches over the edge of the screen, and is not inside something that scrolls or cuts it off on purpose. */
export const overflowing = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const isHeld = (element: Element | null): boolean =>
      element !== null &&
      ((getComputedStyle(element).overflowX !== 'visible' && element.getBoundingClientRect().right <= innerWidth) ||
        isHeld(element.parentElement));
    const wide = [document.documentElement, ...document.querySelectorAll('main')].filter(
      (element) => element.scrollWidth > element.clientWidth,
    );
    const over = [...document.querySelectorAll('body *')].filter((element) => {
      const { right, width, height } = element.getBoundingClientRect();
      return width > 1 && height > 1 && right > innerWidth + 1 && !isHeld(element.parentElement);
    });
    return [...wide, ...over].map((element) => `${element.tagName} ${element.className}: ${element.textContent.slice(0, 40)}`);
  });

/** What has the focus and does not show it: neither itself, nor by what stands for it, nor around the field it is in. */
export const unseenFocus = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return undefined;
    const isDrawn = ({ outlineStyle, outlineWidth }: CSSStyleDeclaration): boolean =>
      outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
    const handle = getComputedStyle(element, '::after');
    const isHandle = handle.content !== 'none' && handle.backgroundColor !== 'rgba(0, 0, 0, 0)';
    const around = element.parentElement?.parentElement;
    const rings = [element, element.parentElement, around].some(
      (one) => one instanceof HTMLElement && getComputedStyle(one).boxShadow !== 'none',
    );
    return isDrawn(getComputedStyle(element)) || isHandle || rings ? undefined : element.outerHTML.slice(0, 160);
  });

/** Everything that still moves for longer than an eye can see. */
export const moving = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const longest = (durations: string): number =>
      Math.max(...durations.split(',').map((one) => Number.parseFloat(one) * (one.trim().endsWith('ms') ? 1 : 1000)));
    return [...document.querySelectorAll('*')]
      .filter((element) =>
        ['', '::before', '::after'].some((part) => {
          const { animationName, animationDuration, animationIterationCount, transitionDuration, scrollBehavior } = getComputedStyle(
            element,
            part || null,
          );
          return (
            scrollBehavior === 'smooth' ||
            longest(transitionDuration) > 1 ||
            (animationName !== 'none' && (longest(animationDuration) > 1 || animationIterationCount === 'infinite'))
          );
        }),
      )
      .map((element) => `${element.tagName} ${element.className}`);
  });
