// Stands in index.html itself: what the page asks for first is asked for while its code is still on the way. A browser
// that knows of no session asks for nothing. src/session/early-requests.ts takes what comes.
(function () {
  var knowsSession = false;
  try {
    knowsSession = localStorage.getItem('atrium.hasSession') !== null;
  } catch (error) {
    console.warn('Whether somebody is signed in cannot be read', error);
  }
  if (!knowsSession || document.documentElement.hasAttribute('data-outside')) return;
  // Not in turns with other tabs, as the code that comes later: waiting for the turn would put it behind all that code.
  // The server repeats its answer to tabs of one browser that ask in the same moment.
  var renewed = fetch('/api/auth/refresh', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"tokenTransport":"cookie"}',
  });
  var token = renewed.then(function (reply) {
    if (!reply.ok) throw new Error('nobody is signed in');
    return reply
      .clone()
      .json()
      .then(function (grant) {
        return grant.accessToken;
      });
  });
  function read(path) {
    return token.then(function (bearer) {
      return fetch(path, { headers: { authorization: 'Bearer ' + bearer } });
    });
  }
  var early = [
    ['POST /api/auth/refresh', renewed],
    ['GET /api/rooms?scope=joined&limit=100', read('/api/rooms?scope=joined&limit=100')],
  ];
  // After the list of rooms, which tells how far each had come when it was read: what a page lacks that was read later, is
  // seen. A room that one is not in is not asked for.
  var room = /^\/rooms\/([0-9a-f-]{36})$/.exec(location.pathname);
  if (room && location.search === '') {
    var path = '/api/rooms/' + room[1] + '/messages?limit=50';
    var newest = early[1][1]
      .then(function (reply) {
        return reply.clone().json();
      })
      .then(function (list) {
        var isIn = list.items.some(function (joined) {
          return joined.id === room[1];
        });
        if (!isIn) throw new Error('not in this room');
        return read(path);
      });
    early.push(['GET ' + path, newest]);
  }
  // Whoever takes one hears of its failure, and asks again.
  early.forEach(function (pair) {
    pair[1].catch(function () {});
  });
  window.earlyRequests = new Map(early);
})();
