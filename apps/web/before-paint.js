// Stands in index.html itself and runs before anything is painted: a dark page never flashes white, and who is not signed
// in is not shown an outline of the rooms.
(function () {
  var root = document.documentElement;
  var chosen = null;
  try {
    chosen = localStorage.getItem('mantine-color-scheme-value');
  } catch (error) {
    console.warn('The chosen colours cannot be read', error);
  }
  var dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
  if (/^\/(sign-in|register|forgot-password|reset-password|invite)(\/|$)/.test(location.pathname)) root.setAttribute('data-outside', '');
})();
