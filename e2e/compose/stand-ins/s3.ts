/** Stands in for the published S3 server: its port, its health and its folder; behind it is the one of `npm start`. */
import { createServer, request } from 'node:http';

const PUBLIC_PORT = 7070;
const INNER_PORT = 7071;

process.env['S3_ACCESS_KEY'] = process.env['ROOT_ACCESS_KEY'];
process.env['S3_SECRET_KEY'] = process.env['ROOT_SECRET_KEY'];
process.argv.splice(2, Infinity, '/objects', String(INNER_PORT), 'atrium');
// Copied beside it when the image is made.
await import(new URL('s3-main.ts', import.meta.url).href);

createServer((asked, answer) => {
  if (asked.url === '/health') return void answer.end('OK');
  const { method, url, headers } = asked;
  const passed = request({ host: '127.0.0.1', port: INNER_PORT, method, path: url, headers }, (came) => {
    answer.writeHead(came.statusCode ?? 502, came.headers);
    came.pipe(answer);
  });
  passed.on('error', () => answer.destroy());
  asked.pipe(passed);
}).listen(PUBLIC_PORT);
