/** Where signing in leads: the place that was asked for, if it is one of ours. */
export function nextPlace(search: URLSearchParams): string {
  const next = search.get('next') ?? '';
  return /^\/(?![/\\])/.test(next) ? next : '/';
}
