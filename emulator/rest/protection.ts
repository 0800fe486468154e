import { found, refuseIf } from "../errors.ts";
import { resolveObject } from "../git/repository.ts";
import type { Actors, BranchRules, Repository } from "../model.ts";
import { presentAccount } from "../present/account.ts";
import { presentApp } from "../present/app.ts";
import { latestRuns } from "../present/checks.ts";
import { apiUrl } from "../present/repository.ts";
import { presentTeam } from "../present/team.ts";
import type { World } from "../state.ts";
import { type Call, noContent, ok, route } from "./route.ts";

export function protectionUrl(world: World, repository: Repository, branch: string): string {
  return `${apiUrl(world, repository)}/branches/${encodeURIComponent(branch)}/protection`;
}

function presentChecks(url: string, { checks, strict }: BranchRules) {
  const shown = (checks ?? []).map(({ context, appId }) => ({ context, app_id: appId }));
  return {
    url: `${url}/required_status_checks`,
    strict,
    contexts: shown.map(({ context }) => context),
    contexts_url: `${url}/required_status_checks/contexts`,
    checks: shown,
  };
}

function presentActors(world: World, url: string, { people, teams, apps }: Actors) {
  return {
    url,
    users_url: `${url}/users`,
    teams_url: `${url}/teams`,
    apps_url: `${url}/apps`,
    users: people.map((one) => presentAccount(world, one)),
    teams: teams.map((one) => presentTeam(world, one)),
    apps: apps.map((one) => presentApp(world, one)),
  };
}

function presentReviews(world: World, url: string, reviews: NonNullable<BranchRules["reviews"]>) {
  const self = `${url}/required_pull_request_reviews`;
  const { dismissers } = reviews;
  return {
    url: self,
    dismiss_stale_reviews: reviews.dismissStale,
    require_code_owner_reviews: reviews.codeOwners,
    required_approving_review_count: reviews.count,
    require_last_push_approval: reviews.lastPush,
    ...(dismissers
      ? { dismissal_restrictions: presentActors(world, `${url}/dismissal_restrictions`, dismissers) }
      : {}),
  };
}

function presentProtection(world: World, repository: Repository, branch: string, rules: BranchRules) {
  const url = protectionUrl(world, repository, branch);
  const { reviews, pushers } = rules;
  return {
    url,
    ...(rules.checks ? { required_status_checks: presentChecks(url, rules) } : {}),
    ...(reviews ? { required_pull_request_reviews: presentReviews(world, url, reviews) } : {}),
    ...(pushers ? { restrictions: presentActors(world, `${url}/restrictions`, pushers) } : {}),
    required_signatures: { url: `${url}/required_signatures`, enabled: false },
    enforce_admins: { url: `${url}/enforce_admins`, enabled: rules.enforceAdmins },
    required_linear_history: { enabled: rules.linear },
    allow_force_pushes: { enabled: rules.forcePushes },
    allow_deletions: { enabled: rules.deletions },
    block_creations: { enabled: false },
    required_conversation_resolution: { enabled: false },
    lock_branch: { enabled: rules.locked },
    allow_fork_syncing: { enabled: false },
  };
}

function protectionOf(call: Call): BranchRules {
  return found(call.repository.protections.get(call.param("branch")), 404, "Branch not protected");
}

/** Settings that GitHub enforces and the local GitHub does not: asking for one is refused. */
const unenforced = ["block_creations", "required_conversation_resolution", "allow_fork_syncing"] as const;

/** Throws for what would look like a gate and be none. */
function refuseUnenforced({ body }: Call): void {
  const bypass = body.required_pull_request_reviews?.bypass_pull_request_allowances ?? {};
  const named = Object.values(bypass as Record<string, unknown[]>).some((list) => list.length > 0);
  const [asked] = [...unenforced.filter((name) => body[name]), ...(named ? ["bypass_pull_request_allowances"] : [])];
  refuseIf(asked, 422, `The local GitHub does not model ${asked}.`);
}

interface NamedActors {
  readonly users?: readonly string[];
  readonly teams?: readonly string[];
  readonly apps?: readonly string[];
}

/** The people, teams and Apps that a rule names; throws GitHub's 422 for one that isn't there. */
function actorsOf({ world, repository }: Call, named: NamedActors): Actors {
  const { state } = world;
  const wrong = "Validation Failed";
  const apps = [...state.apps.values()];
  return {
    people: (named.users ?? []).map((login) => found(state.account(login), 422, wrong)),
    teams: (named.teams ?? []).map((slug) => found(state.team(repository.owner, slug), 422, wrong)),
    apps: (named.apps ?? []).map((slug) =>
      found(
        apps.find((one) => one.slug === slug),
        422,
        wrong,
      ),
    ),
  };
}

interface NamedCheck {
  readonly context: string;
  readonly app_id?: number;
}

/** A check that names no App is pinned to the one that set it last; -1 means any source. */
function pinned({ repository }: Call, { context, app_id }: NamedCheck) {
  const [newest] = latestRuns(repository.runs.filter(({ name }) => name === context));
  const appId = app_id === undefined ? (newest?.app.id ?? null) : app_id < 0 ? null : app_id;
  return { context, appId };
}

async function protect(call: Call) {
  const { body, repository, world } = call;
  const branch = call.param("branch");
  found(await resolveObject(repository.directory, `refs/heads/${branch}`), 404, "Branch not found");
  refuseUnenforced(call);
  const checks = body.required_status_checks;
  const reviews = body.required_pull_request_reviews;
  const named: NamedCheck[] = checks?.checks ?? (checks?.contexts ?? []).map((context: string) => ({ context }));
  const dismissal = reviews?.dismissal_restrictions;
  const rules: BranchRules = {
    checks: checks ? named.map((check) => pinned(call, check)) : null,
    strict: checks?.strict ?? false,
    reviews: reviews && {
      count: reviews.required_approving_review_count ?? 1,
      dismissStale: reviews.dismiss_stale_reviews ?? false,
      codeOwners: reviews.require_code_owner_reviews ?? false,
      lastPush: reviews.require_last_push_approval ?? false,
      // An empty object lifts the restriction.
      dismissers: dismissal && Object.keys(dismissal).length > 0 ? actorsOf(call, dismissal) : null,
    },
    linear: body.required_linear_history ?? false,
    locked: body.lock_branch ?? false,
    pushers: body.restrictions ? actorsOf(call, body.restrictions) : null,
    forcePushes: body.allow_force_pushes ?? false,
    deletions: body.allow_deletions ?? false,
    methods: null,
    enforceAdmins: body.enforce_admins ?? false,
  };
  repository.protections.set(branch, rules);
  return ok(presentProtection(world, repository, branch, rules));
}

const reading = { app: ["administration:read"], person: "admin" } as const;
const writing = { app: ["administration:write"], person: "admin" } as const;

export const protectionRoutes = [
  route("GET /repos/{owner}/{repo}/branches/{branch}/protection", reading, (call) =>
    ok(presentProtection(call.world, call.repository, call.param("branch"), protectionOf(call))),
  ),
  route("PUT /repos/{owner}/{repo}/branches/{branch}/protection", writing, protect),
  route("DELETE /repos/{owner}/{repo}/branches/{branch}/protection", writing, (call) => {
    protectionOf(call);
    call.repository.protections.delete(call.param("branch"));
    return noContent;
  }),
  route("GET /repos/{owner}/{repo}/branches/{branch}/protection/required_status_checks", reading, (call) => {
    const rules = protectionOf(call);
    found(rules.checks, 404, "Required status checks not enabled");
    return ok(presentChecks(protectionUrl(call.world, call.repository, call.param("branch")), rules));
  }),
];
