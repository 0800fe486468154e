/** Of GitHub's secondary limits, what can be counted. Source: "Rate limits for the REST API", and the same for GraphQL. */
const limits = {
  restPoints: { most: 900, seconds: 60 },
  graphQlPoints: { most: 2_000, seconds: 60 },
  contentPerMinute: { most: 80, seconds: 60 },
  contentPerHour: { most: 500, seconds: 3_600 },
} as const;

type Limit = keyof typeof limits;

/** Requests of one caller that may be under way at once, of REST and GraphQL together. */
const mostAtOnce = 100;

/** Requests that make something people are shown or told of; GitHub says "content" and gives no list. */
const content = new Set([
  "POST /repos/{owner}/{repo}/issues",
  "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
  "POST /repos/{owner}/{repo}/pulls",
  "PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge",
  "POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers",
  "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews",
  "PUT /repos/{owner}/{repo}/collaborators/{username}",
  "PUT /orgs/{org}/teams/{team_slug}/memberships/{username}",
]);

/** A request as the limits see it. */
export interface CountedRequest {
  readonly caller: string;
  readonly method: string;
  /** `POST /repos/{owner}/{repo}/issues` or `POST /graphql`. */
  readonly operation: string | undefined;
  readonly isMutation: boolean;
}

interface Spent {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly points: number;
}

/** Counts what callers do in the last minute and hour, and what they have under way. */
export class SecondaryLimits {
  readonly #spent = new Map<string, Spent[]>();
  readonly #underWay = new Map<string, number>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Lets a request in, or gives the seconds after which to try again. Whoever is let in must {@link leave}. */
  enter(request: CountedRequest): number | undefined {
    const costs = costsOf(request);
    const waits = costs.map(([limit, points]) => this.#wait(request.caller, limit, points));
    const busy = (this.#underWay.get(request.caller) ?? 0) >= mostAtOnce ? 1 : 0;
    const seconds = Math.max(busy, ...waits);
    if (seconds > 0) return seconds;
    for (const [limit, points] of costs) this.#list(request.caller, limit).push({ at: this.#now(), points });
    this.#underWay.set(request.caller, (this.#underWay.get(request.caller) ?? 0) + 1);
    return undefined;
  }

  leave(caller: string): void {
    this.#underWay.set(caller, (this.#underWay.get(caller) ?? 1) - 1);
  }

  #list(caller: string, limit: Limit): Spent[] {
    const key = `${limit} ${caller}`;
    const since = this.#now() - limits[limit].seconds * 1000;
    const kept = (this.#spent.get(key) ?? []).filter(({ at }) => at > since);
    this.#spent.set(key, kept);
    return kept;
  }

  /** Seconds until so many points are free again; 0 when they are. */
  #wait(caller: string, limit: Limit, points: number): number {
    const { most, seconds } = limits[limit];
    const kept = this.#list(caller, limit);
    let over = kept.reduce((sum, one) => sum + one.points, points) - most;
    for (const { at, points: freed } of kept) {
      if (over <= 0) break;
      over -= freed;
      if (over <= 0) return Math.max(1, Math.ceil((at - this.#now()) / 1000 + seconds));
    }
    return 0;
  }
}

/** Reading costs a point, writing five. */
function costsOf({ method, operation, isMutation }: CountedRequest): [Limit, number][] {
  if (operation === "POST /graphql") return [["graphQlPoints", isMutation ? 5 : 1]];
  const reads = method === "GET" || method === "HEAD" || method === "OPTIONS";
  const counted: [Limit, number][] = [["restPoints", reads ? 1 : 5]];
  if (!content.has(operation ?? "")) return counted;
  return [...counted, ["contentPerMinute", 1], ["contentPerHour", 1]];
}
