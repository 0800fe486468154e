import { found, refuseIf } from "../errors.ts";
import { checkAnnotations, checkBytes, checkDetailsUrl, checkText } from "../field-rules.ts";
import { readCommit } from "../git/commits.ts";
import { resolveCommit } from "../git/repository.ts";
import type { Account, Annotation, App, CheckRun, CheckSuite, Repository } from "../model.ts";
import { presentRun, presentSuite, presentSuiteShort } from "../present/checks.ts";
import { presentSimpleCommit } from "../present/commit.ts";
import type { World } from "../state.ts";
import { announce } from "../webhooks/announce.ts";

/** What an App may write of a check run, in the words of the REST interface. */
export interface RunFields {
  readonly name?: string;
  readonly status?: CheckRun["status"];
  readonly conclusion?: string;
  readonly started_at?: string;
  readonly completed_at?: string;
  readonly external_id?: string;
  readonly details_url?: string;
  readonly output?: {
    readonly title?: string;
    readonly summary?: string;
    readonly text?: string;
    readonly annotations?: readonly Annotation[];
  };
  readonly actions?: CheckRun["actions"];
}

/** The suite of an App on a commit; made when there is none. */
export function suiteFor(
  world: World,
  repository: Repository,
  app: App,
  sha: string,
  branch: string | null,
): CheckSuite {
  const known = repository.suites.find((suite) => suite.app === app && suite.headSha === sha);
  if (known) return known;
  const now = world.state.now();
  const suite = { id: world.state.id(), app, headSha: sha, headBranch: branch, createdAt: now, updatedAt: now };
  repository.suites.push(suite);
  return suite;
}

/** After a push, every App that may write checks gets a suite and is asked to check the commit. */
export async function requestSuites(
  world: World,
  repository: Repository,
  sender: Account,
  branch: string,
  sha: string,
): Promise<void> {
  for (const installation of world.state.installationsOf(repository)) {
    if (installation.permissions.checks !== "write" || installation.suspendedAt) continue;
    if (repository.suites.some((suite) => suite.app === installation.app && suite.headSha === sha)) continue;
    const suite = suiteFor(world, repository, installation.app, sha, branch);
    await announceSuite(world, repository, suite, sender, "requested");
  }
}

export async function announceSuite(
  world: World,
  repository: Repository,
  suite: CheckSuite,
  sender: Account,
  action: "requested" | "rerequested",
): Promise<void> {
  const head = presentSimpleCommit(await readCommit(repository.directory, suite.headSha));
  const payload = { check_suite: presentSuite(world, repository, suite, head) };
  announce(world, { event: "check_suite", action, repository, sender, onlyApp: suite.app, payload });
}

function announceRun(world: World, repository: Repository, run: CheckRun, sender: Account, action: string, extra = {}) {
  const onlyApp = action === "rerequested" || action === "requested_action" ? { onlyApp: run.app } : {};
  const check_suite = presentSuiteShort(world, repository, run.suite);
  const payload = { check_run: { ...presentRun(world, repository, run), check_suite }, ...extra };
  announce(world, { event: "check_run", action, repository, sender, ...onlyApp, payload });
}

export async function createRun(
  world: World,
  repository: Repository,
  app: App,
  headSha: string,
  fields: RunFields & { readonly name: string },
): Promise<CheckRun> {
  const sha = found(
    /^[0-9a-f]{40}$/.test(headSha) && (await resolveCommit(repository.directory, headSha)),
    422,
    `No commit found for SHA: ${headSha}`,
  );
  const run: CheckRun = {
    id: world.state.id(),
    app,
    suite: suiteFor(world, repository, app, sha, null),
    name: fields.name,
    headSha: sha,
    status: "queued",
    conclusion: null,
    startedAt: world.state.now(),
    completedAt: null,
    externalId: "",
    detailsUrl: null,
    output: { title: null, summary: null, text: null },
    annotations: [],
    actions: [],
  };
  write(world, run, fields);
  repository.runs.push(run);
  announceRun(world, repository, run, app.bot, "created");
  if (run.status === "completed") announceRun(world, repository, run, app.bot, "completed");
  return run;
}

/** Changes a run; only the App that made it may. */
export function updateRun(world: World, repository: Repository, app: App, run: CheckRun, fields: RunFields): void {
  refuseIf(
    run.app !== app,
    403,
    `Invalid app_id \`${run.app.id}\` - check run can only be modified by the GitHub App that created it.`,
  );
  const before = run.status;
  refuseToUndo(world, run, fields);
  write(world, run, fields);
  if (run.status === "completed" && before !== "completed") announceRun(world, repository, run, app.bot, "completed");
}

/**
 * GitHub's staff say that neither the status nor the conclusion of a completed run changes any more; of the conclusion
 * others report that it does, so a switch lets it.
 */
function refuseToUndo(world: World, run: CheckRun, { status, conclusion }: RunFields): void {
  if (run.status !== "completed") return;
  const reopened = status !== undefined && status !== "completed";
  const changed = conclusion !== undefined && conclusion !== run.conclusion && !world.conclusionsMayChange;
  refuseIf(reopened || changed, 422, "Invalid request.\n\nA completed check run can't be changed.");
}

function write(world: World, run: CheckRun, fields: RunFields): void {
  const { output } = fields;
  refuseIf(
    output &&
      (output.title === undefined || output.summary === undefined) &&
      output.annotations === undefined &&
      run.output.summary === null,
    422,
    'Invalid request.\n\n"title", "summary" weren\'t supplied.',
  );
  checkText("CheckRun name", fields.name);
  checkText("CheckRun title", output?.title);
  checkBytes("summary", output?.summary);
  checkBytes("text", output?.text);
  checkAnnotations(output?.annotations ?? []);
  checkDetailsUrl(fields.details_url);
  refuseIf(
    fields.status === "completed" && !fields.conclusion,
    422,
    'Invalid request.\n\nNo subschema in "anyOf" matched.\n"conclusion" wasn\'t supplied.',
  );
  refuseIf(fields.conclusion === "stale", 422, 'Invalid request.\n\nOnly GitHub sets the conclusion "stale".');
  run.name = fields.name ?? run.name;
  run.externalId = fields.external_id ?? run.externalId;
  run.detailsUrl = fields.details_url ?? run.detailsUrl;
  run.startedAt = fields.started_at ?? run.startedAt;
  run.actions = fields.actions ?? run.actions;
  run.status = fields.conclusion ? "completed" : (fields.status ?? run.status);
  const completed = run.status === "completed";
  run.conclusion = completed ? (fields.conclusion ?? run.conclusion) : null;
  run.completedAt = completed ? (fields.completed_at ?? run.completedAt ?? world.state.now()) : null;
  if (!output) return;
  run.output = {
    title: output.title ?? run.output.title,
    summary: output.summary ?? run.output.summary,
    text: output.text ?? run.output.text,
  };
  run.annotations.push(...(output.annotations ?? []));
}

/** Asks the App to check again; the run itself stays as it is. */
export function rerequestRun(world: World, repository: Repository, run: CheckRun, sender: Account): void {
  announceRun(world, repository, run, sender, "rerequested");
}

/** A person presses one of the buttons that the App put on its run. */
export function requestAction(
  world: World,
  repository: Repository,
  run: CheckRun,
  sender: Account,
  identifier: string,
): void {
  announceRun(world, repository, run, sender, "requested_action", { requested_action: { identifier } });
}
