import { found, refuseIf } from "../errors.ts";
import type { Repository, Rule, Ruleset } from "../model.ts";
import { apiUrl, htmlUrl } from "../present/repository.ts";
import { rulesetsOn, unenforcedPart } from "../rulesets.ts";
import { fullName, nodeId, type World } from "../state.ts";
import { type Call, created, noContent, ok, route } from "./route.ts";

const reading = { app: ["metadata:read"] } as const;
const writing = { app: ["administration:write"], person: "admin" } as const;

function present(world: World, repository: Repository, ruleset: Ruleset) {
  const { id, name, enforcement, include, exclude, rules, createdAt, updatedAt } = ruleset;
  return {
    ...{ id, name, enforcement, rules },
    target: "branch",
    source_type: "Repository",
    source: fullName(repository),
    bypass_actors: [],
    current_user_can_bypass: "never",
    node_id: nodeId("RRS", id),
    conditions: { ref_name: { include, exclude } },
    created_at: createdAt,
    updated_at: updatedAt,
    _links: {
      self: { href: `${apiUrl(world, repository)}/rulesets/${id}` },
      html: { href: `${htmlUrl(world, repository)}/rules/${id}` },
    },
  };
}

/** Throws for what would look like a gate and be none. */
function refuseUnenforced({ body }: Call): void {
  const rules: Rule[] = body.rules ?? [];
  const parts = [
    body.target !== undefined && body.target !== "branch" && `rulesets for the target ${body.target}`,
    body.enforcement === "evaluate" && "rulesets that are only evaluated",
    (body.bypass_actors ?? []).length > 0 && "bypass_actors",
    ...rules.map(unenforcedPart),
  ];
  const [asked] = parts.filter(Boolean);
  refuseIf(asked, 422, `The local GitHub does not model ${asked}.`);
}

/** What a request says of a ruleset; what it leaves out is absent. */
function written({ body }: Call): Partial<Ruleset> {
  const names = body.conditions?.ref_name;
  return {
    ...(body.name === undefined ? {} : { name: body.name }),
    ...(body.enforcement === undefined ? {} : { enforcement: body.enforcement }),
    ...(body.rules === undefined ? {} : { rules: body.rules }),
    ...(names === undefined ? {} : { include: names.include ?? [], exclude: names.exclude ?? [] }),
  };
}

function nameIsFree({ repository, body }: Call, self?: Ruleset): void {
  const taken = repository.rulesets.some((one) => one.name === body.name && one !== self);
  refuseIf(taken, 422, "Validation Failed", [{ resource: "RepositoryRuleset", field: "name", code: "already_exists" }]);
}

function rulesetOf(call: Call): Ruleset {
  return found(call.repository.rulesets.find(({ id }) => id === call.number("ruleset_id")));
}

export const rulesetRoutes = [
  route("GET /repos/{owner}/{repo}/rulesets", reading, (call) =>
    call.page(call.repository.rulesets, (one) => {
      const { rules: _, conditions: __, ...shown } = present(call.world, call.repository, one);
      return shown;
    }),
  ),
  route("POST /repos/{owner}/{repo}/rulesets", writing, (call) => {
    const { world, repository } = call;
    refuseUnenforced(call);
    nameIsFree(call);
    const now = world.state.now();
    const { name, enforcement } = call.body;
    const base = { id: world.state.id(), name, enforcement, include: [], exclude: [], rules: [] };
    const ruleset: Ruleset = { ...base, createdAt: now, updatedAt: now, ...written(call) };
    repository.rulesets.push(ruleset);
    return created(present(world, repository, ruleset));
  }),
  route("GET /repos/{owner}/{repo}/rulesets/{ruleset_id}", reading, (call) =>
    ok(present(call.world, call.repository, rulesetOf(call))),
  ),
  route("PUT /repos/{owner}/{repo}/rulesets/{ruleset_id}", writing, (call) => {
    const ruleset = rulesetOf(call);
    refuseUnenforced(call);
    nameIsFree(call, ruleset);
    Object.assign(ruleset, written(call), { updatedAt: call.world.state.now() });
    return ok(present(call.world, call.repository, ruleset));
  }),
  route("DELETE /repos/{owner}/{repo}/rulesets/{ruleset_id}", writing, (call) => {
    const { rulesets } = call.repository;
    rulesets.splice(rulesets.indexOf(rulesetOf(call)), 1);
    return noContent;
  }),
  route("GET /repos/{owner}/{repo}/rules/branches/{branch}", reading, (call) => {
    const { repository } = call;
    const about = { ruleset_source_type: "Repository", ruleset_source: fullName(repository) };
    const rules = rulesetsOn(repository, call.param("branch")).flatMap((ruleset) =>
      ruleset.rules.map((rule) => ({ ...rule, ...about, ruleset_id: ruleset.id })),
    );
    return call.page(rules, (one) => one);
  }),
];
