/** One entry of the `errors` list of a 422 answer. */
export interface FieldError {
  readonly resource?: string;
  readonly field?: string;
  readonly code?: string;
  readonly message?: string;
}

/** An answer that GitHub gives instead of a result. */
export class HttpError extends Error {
  readonly status: number;
  readonly errors: readonly (FieldError | string)[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    errors?: readonly (FieldError | string)[],
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }

  /** The body as GitHub writes it. */
  body(): Record<string, unknown> {
    const errors = this.errors ? { errors: this.errors } : {};
    const documentation_url = "https://docs.github.com/rest";
    return { message: this.message, ...errors, documentation_url, status: String(this.status) };
  }
}

export const notFound = (): HttpError => new HttpError(404, "Not Found");
export const noAccess = (): HttpError => new HttpError(403, "Resource not accessible by integration");
export const badCredentials = (): HttpError => new HttpError(401, "Bad credentials");

/** The value that was looked up; throws GitHub's 404, or the answer given, when there is none. */
export function found<Value>(value: Value | null | undefined | false, status = 404, message = "Not Found"): Value {
  if (value === null || value === undefined || value === false) throw new HttpError(status, message);
  return value;
}

/** Refuses a request that breaks a rule of GitHub's, with its status and words. */
export function refuseIf(breaks: unknown, status: number, message: string, errors?: HttpError["errors"]): void {
  if (breaks) throw new HttpError(status, message, errors);
}

/** The 422 of a value that fails a rule of its resource. */
export function invalid(resource: string, field: string, message?: string): HttpError {
  const error = message ? { resource, field, code: "custom", message } : { resource, field, code: "invalid" };
  return new HttpError(422, "Validation Failed", [error]);
}
