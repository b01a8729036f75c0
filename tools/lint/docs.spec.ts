import * as contracts from '@atrium/contracts';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../local/paths.ts';

/** What is not ours, or is made: no page in it is checked. Nor is anything whose name begins with a dot. */
const aside = new Set(['node_modules', 'dist', 'coverage', 'generated']);

/** The pages below a folder. Walked, not asked of git: a source archive has no git, and a foreign checkout no trust in it. */
function pagesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name.startsWith('.') || aside.has(entry.name) ? [] : pagesIn(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

const pages = pagesIn('');
const textOf = (page: string) => readFileSync(join(root, page), 'utf8');

/** `apps/rooms/src/main.ts` and the like; not patterns, nor what is made later. */
const ours = (path: string) =>
  /^(apps|libs|docs|deploy|tools|e2e|bench)\/[\w./-]+$/.test(path) && !/\/(dist|node_modules)(\/|$)/.test(path);

/** The anchors that a page has, as a forge makes them of its headings. */
const headingsOf = (page: string) =>
  [...textOf(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .trim()
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );

describe('the documents', () => {
  it('link only to what exists', () => {
    const broken = pages.flatMap((page) =>
      [...textOf(page).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
        .map((match) => match[1] as string)
        .filter((target) => !/^https?:/.test(target) && !existsSync(join(root, dirname(page), target)))
        .map((target) => `${page}: ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it('link only to headings that exist', () => {
    const broken = pages.flatMap((page) =>
      [...textOf(page).matchAll(/\]\(([^)#\s]*)#([^)\s]+)\)/g)]
        .map(([, target = '', heading = '']) => ({ heading, target: target === '' ? page : join(dirname(page), target) }))
        .filter(({ target, heading }) => target.endsWith('.md') && !headingsOf(target).includes(heading))
        .map(({ target, heading }) => `${page}: ${target}#${heading}`),
    );
    expect(broken).toEqual([]);
  });

  it('can all be come to from the README, but for the decisions, which stand in their folder', () => {
    const found = new Set(['README.md']);
    for (const page of found)
      for (const [, target = ''] of textOf(page).matchAll(/\]\(([^)#\s]+\.md)(?:#[^)]*)?\)/g)) found.add(join(dirname(page), target));
    const lost = pages.filter((page) => page.startsWith('docs/') && !page.startsWith('docs/adr/') && !found.has(page));
    expect(lost).toEqual([]);
  });

  it('begin with a README that has every app and lib', () => {
    const projects = ['apps', 'libs'].flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}/`));
    expect(projects.filter((project) => !textOf('README.md').includes(`\n${project} `))).toEqual([]);
  });

  it('name only files that exist', () => {
    const missing = pages.flatMap((page) => {
      const text = textOf(page);
      const named = [...text.matchAll(/`([^`\n]+)`/g), ...text.matchAll(/^([\w./-]+)\s/gm)].map((match) => match[1] as string);
      const nearby = named.filter((path) => /^(src|test|migrations)\/[\w./-]+$/.test(path) && !existsSync(join(root, dirname(page), path)));
      return [...named.filter((path) => ours(path) && !existsSync(join(root, path))), ...nearby].map((path) => `${page}: ${path}`);
    });
    expect(missing).toEqual([]);
  });

  it('name only scripts that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
    const unknown = pages.flatMap((page) =>
      [...textOf(page).matchAll(/npm run ([a-z][a-z:-]*[a-z])/g)]
        .map((match) => match[1] as string)
        .filter((name) => !(name in scripts))
        .map((name) => `${page}: npm run ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  it('name every table of a service in its README', () => {
    const missing = readdirSync(join(root, 'apps')).flatMap((app) => {
      const folder = join(root, 'apps', app, 'migrations');
      const migrations = existsSync(folder) ? readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')) : [];
      const tables = (statement: RegExp) => migrations.flatMap((text) => [...text.matchAll(statement)].map(([, table = '']) => table));
      const renamed = new Set(tables(/alter table (\w+) rename to/g));
      const kept = tables(/create table (?:if not exists )?"?(\w+)/g).filter((table) => !renamed.has(table));
      return kept.filter((table) => !textOf(`apps/${app}/README.md`).includes(`\`${table}\``)).map((table) => `${app}: ${table}`);
    });
    expect(missing).toEqual([]);
  });

  it('say of every event that has no number why it needs none', () => {
    const groups = (suffix: string) => Object.entries(contracts).filter(([name]) => name.endsWith(suffix));
    const numbered = new Set(groups('Facts').flatMap(([, facts]) => Object.values((facts as { events?: object }).events ?? {})));
    const reasons = textOf('docs/adr/0010-copies-follow-numbered-facts.md');
    const unexplained = groups('Events')
      .flatMap(([group, events]) => Object.entries(events as object).map(([name, event]) => ({ name: `${group}.${name}`, event })))
      .filter(({ name, event }) => !numbered.has(event) && !reasons.includes(`\`${name}\``))
      .map(({ name }) => name);
    expect(unexplained).toEqual([]);
  });

  it('name every place of the page in its README', () => {
    const readme = textOf('apps/web/README.md');
    const places = [...textOf('apps/web/src/app/places.tsx').matchAll(/path="\/([a-z-]+)/g)].map(([, place = '']) => place);
    const ofProfile = [...textOf('apps/web/src/profile/profile-page.tsx').matchAll(/path="([a-z-]+)"/g)].map(([, place = '']) => place);
    const profile = /`\/profile\/\{([^}]+)\}`/.exec(readme)?.[1]?.split(',') ?? [];
    expect(places.filter((place) => !readme.includes(`\`/${place}`))).toEqual([]);
    expect(ofProfile.filter((place) => !profile.includes(place))).toEqual([]);
  });
});
