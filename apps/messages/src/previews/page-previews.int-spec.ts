import { AddressGuard } from '@atrium/service-kit';
import { cleanUp } from '@atrium/testing';
import sharp from 'sharp';
import { gzipSync } from 'node:zlib';
import { Site } from '../../test/a-site.ts';
import { GuardedGet } from './guarded-get.ts';
import { PagePreviews } from './page-previews.ts';

const LOCAL = ['127.0.0.1/32'];
const aPicture = (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#3a7' } })
    .png()
    .toBuffer();

describe('looking at a page', () => {
  let site: Site;
  beforeAll(async () => {
    site = await Site.open();
  });
  afterAll(cleanUp);

  const look = (url: string, networks: readonly string[] = LOCAL) => new PagePreviews(new GuardedGet(new AddressGuard(networks))).find(url);

  it('finds its title, its words, and a small picture', async () => {
    site.page('/pic.png', await aPicture(2000, 1000), { 'content-type': 'image/png' });
    const url = site.page(
      '/news',
      '<title>News</title><meta property="og:description" content="All of it"><meta property="og:image" content="pic.png">',
    );
    const found = await look(url);
    expect(found).toMatchObject({ url, site: '127.0.0.1', title: 'News', description: 'All of it', picture: { width: 560, height: 280 } });
    expect(await sharp(found!.picture!.webp).metadata()).toMatchObject({ format: 'webp', width: 560 });
  });

  it('follows redirects, and unpacks what is packed', async () => {
    site.page('/packed', gzipSync('<title>Packed</title>'), { 'content-type': 'text/html', 'content-encoding': 'gzip' });
    expect(await look(site.redirect('/from', '/packed', 301))).toMatchObject({ title: 'Packed', url: site.at('/from') });
  });

  it('shows a picture that is linked itself', async () => {
    const url = site.page('/holiday%20trip.png', await aPicture(100, 80), { 'content-type': 'image/png' });
    expect(await look(url)).toMatchObject({ title: 'holiday trip.png', picture: { width: 100, height: 80 } });
  });

  it('keeps what it found for a while', async () => {
    const pages = new PagePreviews(new GuardedGet(new AddressGuard(LOCAL)));
    const url = site.page('/once', '<title>Once</title>');
    await Promise.all([pages.find(url), pages.find(url)]);
    await pages.find(url);
    expect(site.asked.filter((path) => path === '/once')).toHaveLength(1);
  });

  it('shows nothing of what is no page, or has no title', async () => {
    expect(await look(site.page('/untitled', '<p>hello'))).toBeUndefined();
    await expect(look(site.page('/data', '{}', { 'content-type': 'application/json' }))).rejects.toThrow('application/json');
    await expect(look(site.at('/gone'))).rejects.toThrow('404');
    expect(await look(site.page('/broken.png', 'no picture', { 'content-type': 'image/png' }))).toBeUndefined();
    expect(
      await look(
        site.page('/drawn.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"/>', { 'content-type': 'image/svg+xml' }),
      ),
    ).toBeUndefined();
  });

  it('never asks an address that only this server can reach, also not by a redirect or for a picture', async () => {
    const secret = site.page('/secret', '<title>Secret</title>');
    await expect(look(secret, [])).rejects.toThrow('not a public address');
    await expect(look(secret.replace('127.0.0.1', 'localhost'), [])).rejects.toThrow('not a public address');
    await expect(look(secret.replace('127.0.0.1', '2130706433'), [])).rejects.toThrow('not a public address');
    expect(site.asked).not.toContain('/secret');
    await expect(look(site.redirect('/inward', 'http://169.254.169.254/latest/meta-data'))).rejects.toThrow('not a public address');
    await expect(look(site.redirect('/file', 'file:///etc/passwd'))).rejects.toThrow('file:');
    await expect(look(site.redirect('/loop', '/loop'))).rejects.toThrow('more than 3 times');
    const page = site.page('/sneaky', '<title>Sneaky</title><meta property="og:image" content="http://10.0.0.1/x.png">');
    expect(await look(page)).toEqual({ url: page, site: '127.0.0.1', title: 'Sneaky' });
  });

  it('reads no more than it needs, however much there is', async () => {
    const page = `<title>Long</title>${'<p>x'.repeat(1_000_000)}`;
    expect(await look(site.page('/bomb', gzipSync(page), { 'content-type': 'text/html', 'content-encoding': 'gzip' }))).toMatchObject({
      title: 'Long',
    });
    const endless = site.answer('/endless', (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).write('<title>Endless</title>');
      const more = (): void => {
        while (!response.destroyed && response.write('<p>'.repeat(10_000)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    expect(await look(endless)).toMatchObject({ title: 'Endless' });
  });
});
