import { createRun, rerequestRun, updateRun } from "../actions/checks.ts";
import { appOf } from "../actor.ts";
import { HttpError, noAccess, notFound } from "../errors.ts";
import { resolveCommit } from "../git/repository.ts";
import type { App, CheckRun } from "../model.ts";
import { latestRuns, presentAnnotation, presentRun } from "../present/checks.ts";
import { type Call, created, ok, route } from "./route.ts";

const reading = { app: ["checks:read"] } as const;
const writing = { app: ["checks:write"], person: "never" } as const;

function callingApp(call: Call): App {
  const app = appOf(call.actor);
  if (!app) throw noAccess();
  return app;
}

export function runOf(call: Call): CheckRun {
  const run = call.repository.runs.find(({ id }) => id === call.number("check_run_id"));
  if (!run) throw notFound();
  return run;
}

/** Filters runs by the parameters that the lists share, newest first. */
export function listRuns(call: Call, runs: readonly CheckRun[]) {
  const { query } = call;
  const name = query.get("check_name");
  const status = query.get("status");
  const app = query.get("app_id");
  const wanted = runs
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

export const checkRunRoutes = [
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
  route(
    "POST /repos/{owner}/{repo}/check-runs/{check_run_id}/rerequest",
    { app: ["checks:write"], person: "write" },
    (call) => {
      rerequestRun(call.world, call.repository, runOf(call), call.account);
      return created({});
    },
  ),
  route("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", reading, async (call) => {
    const sha = await resolveCommit(call.repository.directory, call.param("ref"));
    if (!sha) throw new HttpError(422, `No commit found for SHA: ${call.param("ref")}`);
    return listRuns(
      call,
      call.repository.runs.filter((run) => run.headSha === sha),
    );
  }),
];
