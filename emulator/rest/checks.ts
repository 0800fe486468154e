import { announceSuite, createRun, rerequestRun, suiteFor, updateRun } from "../actions/checks.ts";
import { appOf } from "../actor.ts";
import { found } from "../errors.ts";
import { readCommit } from "../git/commits.ts";
import type { App, CheckRun, CheckSuite } from "../model.ts";
import { latestRuns, presentAnnotation, presentRun, presentSuite } from "../present/checks.ts";
import { presentSimpleCommit } from "../present/commit.ts";
import { type Call, created, ok, route } from "./route.ts";

const reading = { app: ["checks:read"] } as const;
const writing = { app: ["checks:write"], person: "never" } as const;
const asking = { app: ["checks:write"], person: "write" } as const;

function callingApp(call: Call): App {
  return found(appOf(call.actor), 403, "Resource not accessible by integration");
}

function runOf(call: Call): CheckRun {
  return found(call.repository.runs.find(({ id }) => id === call.number("check_run_id")));
}

function suiteOf(call: Call): CheckSuite {
  return found(call.repository.suites.find(({ id }) => id === call.number("check_suite_id")));
}

async function showSuite(call: Call, suite: CheckSuite) {
  const head = await readCommit(call.repository.directory, suite.headSha);
  return presentSuite(call.world, call.repository, suite, presentSimpleCommit(head));
}

/** Filters runs by the parameters that the lists share, newest first. */
function listRuns(call: Call, belongs: (run: CheckRun) => boolean) {
  const { query } = call;
  const name = query.get("check_name");
  const status = query.get("status");
  const app = query.get("app_id");
  const wanted = call.repository.runs
    .filter(belongs)
    .filter((run) => name === null || run.name === name)
    .filter((run) => app === null || run.app.id === Number(app));
  const newest = query.get("filter") === "all" ? [...wanted].sort((a, b) => b.id - a.id) : latestRuns(wanted);
  const shown = newest.filter((run) => status === null || run.status === status);
  return call.page(
    shown,
    (run) => presentRun(call.world, call.repository, run),
    (check_runs) => ({ total_count: shown.length, check_runs }),
  );
}

export const checkRoutes = [
  route("POST /repos/{owner}/{repo}/check-runs", writing, async (call) => {
    const { world, repository, body } = call;
    const run = await createRun(world, repository, callingApp(call), body.head_sha, body);
    return created(presentRun(world, repository, run));
  }),
  route("GET /repos/{owner}/{repo}/check-runs/{check_run_id}", reading, (call) =>
    ok(presentRun(call.world, call.repository, runOf(call))),
  ),
  route("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", writing, (call) => {
    const run = runOf(call);
    updateRun(call.world, call.repository, callingApp(call), run, call.body ?? {});
    return ok(presentRun(call.world, call.repository, run));
  }),
  route("GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations", reading, (call) => {
    const run = runOf(call);
    return call.page(run.annotations, (one) => presentAnnotation(call.world, call.repository, run, one));
  }),
  route("POST /repos/{owner}/{repo}/check-runs/{check_run_id}/rerequest", asking, (call) => {
    rerequestRun(call.world, call.repository, runOf(call), call.account);
    return created({});
  }),
  route("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", reading, async (call) => {
    const sha = await call.commit(call.param("ref"));
    return listRuns(call, (run) => run.headSha === sha);
  }),
  route("POST /repos/{owner}/{repo}/check-suites", writing, async (call) => {
    const app = callingApp(call);
    const sha = await call.commit(call.body.head_sha);
    return created(await showSuite(call, suiteFor(call.world, call.repository, app, sha, null)));
  }),
  route("GET /repos/{owner}/{repo}/check-suites/{check_suite_id}", reading, async (call) =>
    ok(await showSuite(call, suiteOf(call))),
  ),
  route("GET /repos/{owner}/{repo}/check-suites/{check_suite_id}/check-runs", reading, (call) => {
    const suite = suiteOf(call);
    return listRuns(call, (run) => run.suite === suite);
  }),
  route("POST /repos/{owner}/{repo}/check-suites/{check_suite_id}/rerequest", asking, async (call) => {
    await announceSuite(call.world, call.repository, suiteOf(call), call.account, "rerequested");
    return created({});
  }),
  route("GET /repos/{owner}/{repo}/commits/{ref}/check-suites", reading, async (call) => {
    const sha = await call.commit(call.param("ref"));
    const app = call.query.get("app_id");
    const suites = call.repository.suites.filter(
      (suite) => suite.headSha === sha && (app === null || suite.app.id === Number(app)),
    );
    return call.page(
      suites,
      (suite) => showSuite(call, suite),
      (check_suites) => ({ total_count: suites.length, check_suites }),
    );
  }),
];
