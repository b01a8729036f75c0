// Ends with 0 when this container's process says that it may be given work.
const response = await fetch(`http://127.0.0.1:${process.env.HEALTH_PORT}/health/ready`, { signal: AbortSignal.timeout(4000) });
if (!response.ok) {
  process.stderr.write(`${await response.text()}\n`);
  process.exitCode = 1;
}
