import { HttpError } from "./errors.ts";

interface Window {
  used: number;
  reset: number;
}

/** Requests per hour of whoever GitHub knows, and of whom it does not. */
const ofKnown = 5000;
const ofAnonymous = 60;
const hour = 3600;

/** The hourly budget is spent. */
export class RateLimitError extends HttpError {}

/** Counts requests per caller and resource, and gives the headers that say so. */
export class RateLimits {
  readonly #windows = new Map<string, Window>();
  readonly #perHour: number;

  /** @param perHour requests that one caller may make; far fewer when nobody knows who it is */
  constructor(perHour: number = ofKnown) {
    this.#perHour = perHour;
  }

  #limitOf(caller: string): number {
    return caller === "anonymous" ? ofAnonymous : this.#perHour;
  }

  #window(caller: string, resource: string): Window {
    const key = `${resource} ${caller}`;
    const now = Math.floor(Date.now() / 1000);
    let window = this.#windows.get(key);
    if (!window || window.reset <= now) {
      window = { used: 0, reset: now + hour };
      this.#windows.set(key, window);
    }
    return window;
  }

  /** Takes a request from the caller's budget; throws GitHub's 403 when it is spent. */
  take(caller: string, resource: "core" | "graphql"): void {
    const window = this.#window(caller, resource);
    const message = `API rate limit exceeded for ${caller}.`;
    const spent = window.used >= this.#limitOf(caller);
    if (spent) throw new RateLimitError(403, message, undefined, this.headers(caller, resource));
    window.used += 1;
  }

  /** Undoes one {@link take}. */
  giveBack(caller: string, resource: "core" | "graphql"): void {
    this.#window(caller, resource).used -= 1;
  }

  headers(caller: string, resource: "core" | "graphql"): Record<string, string> {
    const { used, reset } = this.#window(caller, resource);
    const limit = this.#limitOf(caller);
    return {
      "x-ratelimit-limit": String(limit),
      "x-ratelimit-remaining": String(limit - used),
      "x-ratelimit-used": String(used),
      "x-ratelimit-reset": String(reset),
      "x-ratelimit-resource": resource,
    };
  }

  status(caller: string, resource: string): { limit: number; used: number; remaining: number; reset: number } {
    const { used, reset } = this.#window(caller, resource);
    const limit = this.#limitOf(caller);
    return { limit, used, remaining: limit - used, reset };
  }
}
