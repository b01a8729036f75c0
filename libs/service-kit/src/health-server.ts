import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Health } from './health.ts';
import { metrics } from './metrics.ts';

/** Serves /health/live, /health/ready and /metrics. @returns the server and the port it got */
export async function serveHealth(health: Health, address: { port: number; host: string }): Promise<{ server: Server; port: number }> {
  const server = createServer((request, response) => {
    const reply = (status: number, type: string, body: string) => response.writeHead(status, { 'content-type': type }).end(body);
    if (request.url === '/health/live') return reply(200, 'application/json', JSON.stringify({ live: true, pid: process.pid }));
    if (request.url === '/health/ready') {
      return void health.report().then((report) => reply(report.ready ? 200 : 503, 'application/json', JSON.stringify(report)));
    }
    if (request.url === '/metrics') return void metrics.metrics().then((text) => reply(200, metrics.contentType, text));
    return reply(404, 'text/plain', 'not found');
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(address.port, address.host, resolve));
  return { server, port: (server.address() as AddressInfo).port };
}
