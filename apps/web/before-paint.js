// Stands in index.html itself and runs before anything is painted: a dark page never flashes white, one that is read from
// the right never from the left, and who is not signed in is not shown an outline of the rooms.
(function () {
  var root = document.documentElement;
  var chosen = null;
  var languages = [];
  try {
    chosen = localStorage.getItem('mantine-color-scheme-value');
    languages = [localStorage.getItem('atrium.language') || ''];
  } catch (error) {
    console.warn('The chosen colours and language cannot be read', error);
  }
  var dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
  // What was chosen here, else the first of the browser's that the page is complete in (language/language.ts).
  var spoken = navigator.languages.map(function (tag) {
    return tag.replace(/-.*/, '');
  });
  root.lang =
    languages.concat(spoken).find(function (language, i) {
      return i < languages.length ? language : /^(en|de|vi)$/.test(language);
    }) || 'en';
  root.dir = root.lang === 'ar' ? 'rtl' : 'ltr';
  if (/^\/(sign-in|register|forgot-password|reset-password|invite)(\/|$)/.test(location.pathname)) root.setAttribute('data-outside', '');
})();
