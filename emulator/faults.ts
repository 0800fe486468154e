import type { Answer } from "./rest/route.ts";

/** A request as the log and the faults see it. */
export interface LoggedRequest {
  readonly method: string;
  /** Path without the `/api/v3` prefix and without the query. */
  readonly path: string;
  /** `GET /repos/{owner}/{repo}`, `POST /graphql`, `git upload-pack`, or undefined when nothing matched. */
  readonly operation: string | undefined;
  /** `user:ada`, `app:modelsync`, `installation:modelsync/12` or `anonymous`. */
  readonly actor: string;
  /** When it came, milliseconds since 1970. */
  readonly at: number;
  status: number;
  readonly body: unknown;
}

/** How a caller is told that they were too fast. */
export interface RateLimitFault {
  /** Of the secondary limits, rather than the hourly budget. */
  readonly secondary?: boolean;
  /** Until the caller may go on; 60 unless told. */
  readonly seconds?: number;
  /** GitHub uses both; 403 unless told. */
  readonly status?: 403 | 429;
  /** Whether the answer says how long to wait; secondary limits need not. */
  readonly retryAfter?: boolean;
}

/** What a test makes of the next matching request. */
export interface Fault {
  /** The operation, e.g. `POST /repos/{owner}/{repo}/check-runs` or `POST /graphql`, or a function. */
  readonly match: string | ((request: LoggedRequest) => boolean);
  /**
   * `stale`: repeat the last answer to the same request. `after`: do the work, then answer with the failure.
   * A status alone answers with GitHub's body for it without doing the work.
   */
  readonly effect:
    | {
        readonly kind: "status";
        readonly status: number;
        readonly message?: string;
        readonly headers?: Record<string, string>;
      }
    | { readonly kind: "after"; readonly status: number }
    | ({ readonly kind: "rate-limit" } & RateLimitFault)
    | { readonly kind: "delay"; readonly milliseconds: number }
    | { readonly kind: "stale" }
    /** Do the work, then break the connection: before the answer, or in the middle of its body. */
    | { readonly kind: "disconnect" }
    | { readonly kind: "break-off" };
  /** How many requests it strikes; 1 unless told. */
  times?: number;
}

/** The faults that tests have planted, and the answers that can be repeated as stale. */
export class Faults {
  readonly planned: Fault[] = [];
  readonly #answers = new Map<string, Answer>();

  /** Plants a fault for the next matching request or requests. */
  add(fault: Fault): void {
    this.planned.push(fault);
  }

  take(request: LoggedRequest): Fault["effect"] | undefined {
    const fault = this.planned.find(
      ({ match, times }) =>
        (times ?? 1) > 0 && (typeof match === "string" ? match === request.operation : match(request)),
    );
    if (fault) fault.times = (fault.times ?? 1) - 1;
    return fault?.effect;
  }

  /** Remembers an answer so that a later `stale` fault can repeat it. */
  remember(key: string, answer: Answer): void {
    this.#answers.delete(key);
    this.#answers.set(key, answer);
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > 500 && oldest !== undefined) this.#answers.delete(oldest);
  }

  recall(key: string): Answer | undefined {
    return this.#answers.get(key);
  }
}

/** GitHub's answer to a caller who was too fast. */
export function rateLimitAnswer(limit: RateLimitFault): Answer {
  const { secondary = false, seconds = 60, status = 403, retryAfter = true } = limit;
  const reset = String(Math.floor(Date.now() / 1000) + seconds);
  const message = secondary
    ? "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
    : "API rate limit exceeded for installation.";
  const headers: Record<string, string> = secondary
    ? retryAfter
      ? { "retry-after": String(seconds) }
      : {}
    : { "x-ratelimit-limit": "5000", "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset };
  return { status, body: { message, documentation_url: "https://docs.github.com/rest" }, headers };
}
