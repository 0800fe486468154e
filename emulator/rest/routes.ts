import type { RateLimits } from "../rate-limits.ts";
import type { Hookshot } from "../webhooks/hookshot.ts";
import { appRoutes } from "./apps.ts";
import { branchRoutes } from "./branches.ts";
import { checkRoutes } from "./checks.ts";
import { collaboratorRoutes } from "./collaborators.ts";
import { commentRoutes } from "./comments.ts";
import { commitRoutes } from "./commits.ts";
import { contentRoutes } from "./contents.ts";
import { deliveryRoutes } from "./deliveries.ts";
import { gitDatabaseRoutes } from "./git-database.ts";
import { issueRoutes } from "./issues.ts";
import { labelRoutes } from "./labels.ts";
import { protectionRoutes } from "./protection.ts";
import { pullRoutes } from "./pulls.ts";
import { rateLimitRoutes } from "./rate-limit.ts";
import { repositoryRoutes } from "./repositories.ts";
import type { Route } from "./route.ts";
import { rulesetRoutes } from "./rulesets.ts";
import { statusRoutes } from "./statuses.ts";
import { teamRoutes } from "./teams.ts";
import { userRoutes } from "./users.ts";

/** Every REST operation of the local GitHub. The pruned OpenAPI description is generated from this list. */
export function restRoutes(hookshot: Hookshot, limits: RateLimits): Route[] {
  return [
    ...appRoutes,
    ...deliveryRoutes(hookshot),
    ...rateLimitRoutes(limits),
    ...userRoutes,
    ...teamRoutes,
    ...repositoryRoutes,
    ...collaboratorRoutes,
    ...branchRoutes,
    ...protectionRoutes,
    ...rulesetRoutes,
    ...gitDatabaseRoutes,
    ...contentRoutes,
    ...commitRoutes,
    ...pullRoutes,
    ...issueRoutes,
    ...labelRoutes,
    ...commentRoutes,
    ...checkRoutes,
    ...statusRoutes,
  ];
}
