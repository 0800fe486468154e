import { describeActor } from "../actor.ts";
import type { RateLimits } from "../rate-limits.ts";
import { ok, type Route, route } from "./route.ts";

/** How much of its budget the caller has left. Asking costs nothing. */
export function rateLimitRoutes(limits: RateLimits): Route[] {
  return [
    route("GET /rate_limit", {}, (call) => {
      const caller = describeActor(call.actor);
      const resources = { core: "core", search: "search", graphql: "graphql" };
      const shown = Object.entries(resources).map(([name, resource]) => [name, limits.status(caller, resource)]);
      return ok({ resources: Object.fromEntries(shown), rate: limits.status(caller, "core") });
    }),
  ];
}
