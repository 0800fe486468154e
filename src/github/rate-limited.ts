/** GitHub asked to wait. The job is put off until then instead of sleeping in a worker. */
export class RateLimited extends Error {
  readonly until: Date;

  constructor(until: Date, cause: unknown) {
    super(`GitHub asks to wait until ${until.toISOString()}`, { cause });
    this.name = "RateLimited";
    this.until = until;
  }
}

interface Answer {
  status?: number;
  message: string;
  headers: Record<string, string | number | undefined>;
  limited: boolean;
}

/** Waiting at least this long is asked for when GitHub does not say how long. */
const unknownWaitSeconds = 60;

/**
 * Recognises primary and secondary limits, over REST (403 or 429) and GraphQL (HTTP 200 with an error that has a type of its own or only says so).
 *
 * @returns the time until which to wait, or null when the error is something else
 */
export function waitOf(error: unknown, now: Date): Date | null {
  const answer = readAnswer(error);
  if (answer === null || !answer.limited) return null;
  const after = Number(answer.headers["retry-after"]);
  if (after > 0) return new Date(now.getTime() + after * 1000);
  const reset = Number(answer.headers["x-ratelimit-reset"]);
  if (reset * 1000 > now.getTime() && isExhausted(answer)) return new Date(reset * 1000);
  return new Date(now.getTime() + unknownWaitSeconds * 1000);
}

function readAnswer(error: unknown): Answer | null {
  if (!(error instanceof Error)) return null;
  const { status, response, headers, errors } = error as Error & {
    status?: number;
    response?: { headers?: Answer["headers"] };
    headers?: Answer["headers"];
    errors?: { type?: string; message?: string }[];
  };
  const answer = { message: error.message, headers: response?.headers ?? headers ?? {}, limited: false };
  const limits = (message = "") => /secondary rate limit|abuse detection|rate limit exceeded/i.test(message);
  if (Array.isArray(errors) && errors.some(({ type, message }) => type === "RATE_LIMITED" || limits(message))) {
    return { ...answer, limited: true };
  }
  if (status !== 403 && status !== 429) return null;
  return {
    ...answer,
    status,
    limited: status === 429 || limits(error.message) || isExhausted(answer) || "retry-after" in answer.headers,
  };
}

function isExhausted({ headers }: Pick<Answer, "headers">): boolean {
  return String(headers["x-ratelimit-remaining"]) === "0";
}
