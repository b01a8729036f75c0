/** Says which packages of OpenTelemetry a process has loaded once its tracing has begun, or has not. */
import { registerHooks } from 'node:module';
import { loadConfig, baseConfig } from '../src/config.ts';
import { z } from 'zod';

const loaded = new Set<string>();
registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith('@opentelemetry/')) loaded.add(specifier);
    return next(specifier, context);
  },
});
const { startTracing } = await import('../src/tracing.ts');
const stop = await startTracing('traced', loadConfig(z.object(baseConfig)));
await stop();
process.stdout.write(`loaded ${loaded.size}\n`);
