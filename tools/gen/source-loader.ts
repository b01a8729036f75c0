import { transformSync } from '@swc/core';
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { root } from '../local/paths.ts';

const settings = JSON.parse(readFileSync(`${root}/.swcrc`, 'utf8')) as { jsc: { transform: object; target: 'es2023' } };

/**
 * Lets this process import the apps from their source: our own packages by the condition that names it, and
 * decorators, which Node does not strip, through SWC with the settings of the build.
 */
registerHooks({
  resolve: (specifier, context, next) => next(specifier, { ...context, conditions: [...context.conditions, 'atrium-source'] }),
  load: (url, context, next) => {
    if (!url.startsWith('file:') || !/\/(apps|libs)\/.*\.ts$/.test(url)) return next(url, context);
    const filename = fileURLToPath(url);
    const { code } = transformSync(readFileSync(filename, 'utf8'), {
      filename,
      swcrc: false,
      jsc: {
        parser: { syntax: 'typescript', decorators: true },
        transform: settings.jsc.transform,
        target: settings.jsc.target,
        keepClassNames: true,
      },
      module: { type: 'es6' },
      sourceMaps: 'inline',
    });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
