import { NAME_HEADER, SHARES_CACHE, SHARED_TEXT, SHARE_PLACE, wordsOf } from '../share/shared-things.ts';

/** What another app shares with Atrium is put aside until somebody has said which room it is for. */
export async function takeShare(request: Request): Promise<Response> {
  const form = await request.formData();
  await caches.delete(SHARES_CACHE);
  const cache = await caches.open(SHARES_CACHE);
  await cache.put(SHARED_TEXT, new Response(wordsOf(form)));
  const files = form.getAll('files').filter((value) => value instanceof File);
  await Promise.all(
    files.map((file, index) => {
      const headers = { 'content-type': file.type || 'application/octet-stream', [NAME_HEADER]: encodeURIComponent(file.name) };
      return cache.put(`${SHARE_PLACE}/files/${index}`, new Response(file, { headers }));
    }),
  );
  return Response.redirect(SHARE_PLACE, 303);
}
