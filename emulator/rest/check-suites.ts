import { announceSuite, suiteFor } from "../actions/checks.ts";
import { appOf } from "../actor.ts";
import { HttpError, noAccess, notFound } from "../errors.ts";
import { readCommit } from "../git/commits.ts";
import { resolveCommit } from "../git/repository.ts";
import type { CheckSuite } from "../model.ts";
import { presentSuite } from "../present/checks.ts";
import { presentSimpleCommit } from "../present/commit.ts";
import { listRuns } from "./check-runs.ts";
import { type Call, created, ok, route } from "./route.ts";

const reading = { app: ["checks:read"] } as const;

async function present(call: Call, suite: CheckSuite) {
  const head = await readCommit(call.repository.directory, suite.headSha);
  return presentSuite(call.world, call.repository, suite, presentSimpleCommit(head));
}

function suiteOf(call: Call): CheckSuite {
  const suite = call.repository.suites.find(({ id }) => id === call.number("check_suite_id"));
  if (!suite) throw notFound();
  return suite;
}

export const checkSuiteRoutes = [
  route("POST /repos/{owner}/{repo}/check-suites", { app: ["checks:write"], person: "never" }, async (call) => {
    const app = appOf(call.actor);
    if (!app) throw noAccess();
    const sha = await resolveCommit(call.repository.directory, call.body.head_sha);
    if (!sha) throw new HttpError(422, `No commit found for SHA: ${call.body.head_sha}`);
    return created(await present(call, suiteFor(call.world, call.repository, app, sha, null)));
  }),
  route("GET /repos/{owner}/{repo}/check-suites/{check_suite_id}", reading, async (call) =>
    ok(await present(call, suiteOf(call))),
  ),
  route("GET /repos/{owner}/{repo}/check-suites/{check_suite_id}/check-runs", reading, (call) => {
    const suite = suiteOf(call);
    return listRuns(
      call,
      call.repository.runs.filter((run) => run.suite === suite),
    );
  }),
  route(
    "POST /repos/{owner}/{repo}/check-suites/{check_suite_id}/rerequest",
    { app: ["checks:write"], person: "write" },
    async (call) => {
      await announceSuite(call.world, call.repository, suiteOf(call), call.account, "rerequested");
      return created({});
    },
  ),
  route("GET /repos/{owner}/{repo}/commits/{ref}/check-suites", reading, async (call) => {
    const sha = await resolveCommit(call.repository.directory, call.param("ref"));
    if (!sha) throw new HttpError(422, `No commit found for SHA: ${call.param("ref")}`);
    const app = call.query.get("app_id");
    const suites = call.repository.suites.filter(
      (suite) => suite.headSha === sha && (app === null || suite.app.id === Number(app)),
    );
    return call.page(
      suites,
      (suite) => present(call, suite),
      (check_suites) => ({ total_count: suites.length, check_suites }),
    );
  }),
];
