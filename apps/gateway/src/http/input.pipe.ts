import { AppError, validationError } from '@atrium/contracts';
import { StandardSchemaValidationPipe, type ArgumentMetadata } from '@nestjs/common';

type Issue = { message: string; path?: readonly (PropertyKey | { key: PropertyKey })[] };

/** Checks bodies and queries against the schema named at the parameter; a body that is absent counts as `{}`. */
export class InputPipe extends StandardSchemaValidationPipe {
  constructor() {
    super({ exceptionFactory: (issues) => refusal(issues) });
  }

  override transform<T>(value: T, metadata: ArgumentMetadata): Promise<T> {
    const given = metadata.type === 'body' && metadata.schema && value === undefined ? ({} as T) : value;
    return super.transform(given, metadata);
  }
}

function refusal(issues: readonly Issue[]): AppError {
  return validationError(
    issues.map((issue) => ({
      message: issue.message,
      path: (issue.path ?? []).map((segment) => (typeof segment === 'object' ? segment.key : segment)),
    })),
  );
}
