import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { commitFile, openPull, refusal, type Setting, startSetting } from "./setting.ts";

let setting: Setting;
beforeAll(async () => {
  setting = await startSetting();
});
afterAll(() => setting.close());
afterEach(async () => {
  expect(setting.github.violations).toEqual([]);
  const { data } = await setting.ada.repos.getRepoRulesets(setting.demo);
  for (const { id } of data) await setting.ada.repos.deleteRepoRuleset({ ...setting.demo, ruleset_id: id });
});

type New = Parameters<Setting["ada"]["repos"]["createRepoRuleset"]>[0];
type Rules = NonNullable<NonNullable<New>["rules"]>;

const gate = (more: object = {}): Rules[number] => ({
  type: "required_status_checks",
  parameters: { strict_required_status_checks_policy: false, required_status_checks: [{ context: "gate", ...more }] },
});
const reviewed = (more: object = {}): Rules[number] => ({
  type: "pull_request",
  parameters: {
    dismiss_stale_reviews_on_push: false,
    require_code_owner_review: false,
    require_last_push_approval: false,
    required_approving_review_count: 1,
    required_review_thread_resolution: false,
    ...more,
  },
});
const waiting = "At least 1 approving review is required by reviewers with write access.";

async function create(rules: Rules, more: object = {}) {
  const conditions = { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } };
  const fields = { name: "Rules", enforcement: "active", conditions, rules, ...more } as const;
  return (await setting.ada.repos.createRepoRuleset({ ...setting.demo, ...fields })).data;
}

describe("a ruleset", () => {
  it.each<[string, (app: number) => Rules, "checker" | "review" | "none", string | "merged"]>([
    ["a check", () => [gate()], "none", 'Required status check "gate" is expected.'],
    ["a check of any source", () => [gate()], "checker", "merged"],
    ["a check of the App", (app) => [gate({ integration_id: app })], "checker", "merged"],
    [
      "a check of another App",
      (app) => [gate({ integration_id: app + 1 })],
      "checker",
      'Required status check "gate" is expected.',
    ],
    ["a review", () => [reviewed()], "none", waiting],
    ["a review", () => [reviewed()], "review", "merged"],
    [
      "squashes",
      () => [reviewed({ required_approving_review_count: 0, allowed_merge_methods: ["squash"] })],
      "none",
      "Merge commits are not allowed on this repository.",
    ],
    [
      "a linear history",
      () => [{ type: "required_linear_history" }],
      "none",
      "This branch must not contain merge commits.",
    ],
    ["a check and a review", () => [gate(), reviewed()], "checker", waiting],
  ])("that asks for %s binds a merge, also of an administrator", async (title, rules, step, outcome) => {
    const { ada, bob, checker, demo, app } = setting;
    const pull = await openPull(setting, `${title}-${step}-${outcome.length}`.replaceAll(/\W+/g, "-"));
    await create(rules(app.appId));
    const target = { ...demo, pull_number: pull.number };
    if (step === "checker") {
      await checker.checks.create({ ...demo, name: "gate", head_sha: pull.head.sha, conclusion: "success" });
    }
    if (step === "review") await ada.pulls.createReview({ ...target, event: "APPROVE" });
    for (const octokit of outcome === "merged" ? [bob] : [bob, ada]) {
      const merging = octokit.pulls.merge(target);
      if (outcome === "merged") expect((await merging).data.merged).toBe(true);
      else expect(await refusal(merging)).toEqual({ status: 405, message: outcome });
    }
  });

  it("binds direct changes too, and beside it the protection of the branch", async () => {
    const { ada, bob, demo } = setting;
    await create([gate()]);
    expect(await refusal(commitFile(ada, "main", "direct.txt", "1\n"))).toEqual({
      status: 422,
      message: "Protected branch update failed for refs/heads/main.",
    });
    await ada.repos.updateBranchProtection({
      ...{ ...demo, branch: "main", enforce_admins: false, restrictions: null },
      required_status_checks: {
        strict: false,
        contexts: [],
        checks: [{ context: "other" }, { context: "gate", app_id: -1 }],
      },
      required_pull_request_reviews: null,
    });
    const pull = await openPull(setting, "both");
    const merging = (octokit: typeof ada) => octokit.pulls.merge({ ...demo, pull_number: pull.number });
    expect(await refusal(merging(bob))).toMatchObject({
      message: "2 of 2 required status checks have not succeeded: 2 expected.",
    });
    expect(await refusal(merging(ada))).toMatchObject({ message: 'Required status check "gate" is expected.' });
    await ada.repos.deleteBranchProtection({ ...demo, branch: "main" });
  });

  it.each<[string[], string[], string[]]>([
    [["~ALL"], [], ["main", "release/1", "release/1/fix"]],
    [["~DEFAULT_BRANCH"], [], ["main"]],
    [["refs/heads/main"], [], ["main"]],
    [["refs/heads/release/*"], [], ["release/1"]],
    [["refs/heads/release/**"], [], ["release/1", "release/1/fix"]],
    [["~ALL"], ["refs/heads/release/**/*"], ["main"]],
    [["main"], [], []],
    [[], [], []],
  ])("that includes %j and excludes %j covers %j", async (include, exclude, covered) => {
    const { checker, demo } = setting;
    const ruleset = await create([gate()], { conditions: { ref_name: { include, exclude } } });
    const found = [];
    for (const branch of ["main", "release/1", "release/1/fix"]) {
      const { data } = await checker.repos.getBranchRules({ ...demo, branch });
      if (data.length === 0) continue;
      found.push(branch);
      expect(data).toEqual([
        {
          ...gate(),
          ruleset_id: ruleset.id,
          ruleset_source_type: "Repository",
          ruleset_source: "acme/demo",
        },
      ]);
    }
    expect(found).toEqual(covered);
  });

  it("is changed, disabled and dropped", async () => {
    const { ada, bob, demo } = setting;
    const { id } = await create([gate()]);
    const one = { ...demo, ruleset_id: id };
    const change = async (fields: object) => (await ada.repos.updateRepoRuleset({ ...one, ...fields })).data;
    expect(await change({ enforcement: "disabled" })).toMatchObject({ enforcement: "disabled", rules: [gate()] });
    expect((await bob.repos.getBranchRules({ ...demo, branch: "main" })).data).toEqual([]);
    expect((await bob.repos.getBranch({ ...demo, branch: "main" })).data.protected).toBe(false);
    await change({ enforcement: "active", rules: [reviewed()] });
    expect((await bob.repos.getBranch({ ...demo, branch: "main" })).data.protected).toBe(true);
    const { data } = await bob.repos.getRepoRulesets(demo);
    expect(data.map(({ name, enforcement, source }) => [name, enforcement, source])).toEqual([
      ["Rules", "active", "acme/demo"],
    ]);
    await ada.repos.deleteRepoRuleset(one);
    expect((await refusal(ada.repos.getRepoRuleset(one))).status).toBe(404);
  });

  it.each<[string, Rules, object, string]>([
    ["rules of the type deletion", [{ type: "deletion" }], {}, "deletion"],
    ["rules of the type merge_queue", [{ type: "merge_queue" }], {}, "merge_queue"],
    [
      "resolved threads",
      [reviewed({ required_review_thread_resolution: true })],
      {},
      "required_review_thread_resolution of pull_request",
    ],
    ["evaluation", [gate()], { enforcement: "evaluate" }, "rulesets that are only evaluated"],
    ["tags", [gate()], { target: "tag" }, "rulesets for the target tag"],
    [
      "people who bypass it",
      [gate()],
      { bypass_actors: [{ actor_id: 1, actor_type: "OrganizationAdmin", bypass_mode: "always" }] },
      "bypass_actors",
    ],
  ])("is refused with %s, which nothing here enforces", async (_, rules, more, words) => {
    const answer = await refusal(create(rules, more));
    expect([answer.status, answer.message]).toEqual([422, expect.stringContaining(words)]);
    expect((await setting.ada.repos.getRepoRulesets(setting.demo)).data).toEqual([]);
  });

  it("is not made twice under one name, nor by somebody who does not administer", async () => {
    await create([gate()]);
    expect(await refusal(create([]))).toEqual({ status: 422, message: "Validation Failed" });
    const fields = { name: "Mine", enforcement: "active" } as const;
    expect((await refusal(setting.bob.repos.createRepoRuleset({ ...setting.demo, ...fields }))).status).toBe(404);
  });
});
