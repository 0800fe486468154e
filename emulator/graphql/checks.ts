import type { CheckRun, CheckSuite, Repository } from "../model.ts";
import { latestRuns } from "../present/checks.ts";
import { nodeId } from "../state.ts";
import { connect, type PageArguments } from "./connection.ts";
import { type Context, need } from "./context.ts";

interface Filter {
  readonly appId?: number | null;
  readonly checkName?: string | null;
}

interface RunFilter extends Filter {
  readonly checkType?: "ALL" | "LATEST" | null;
  readonly conclusions?: readonly string[] | null;
  readonly status?: string | null;
  readonly statuses?: readonly string[] | null;
}

type Arguments<By> = PageArguments & { readonly filterBy?: By | null };

/** The check suites of a commit, one per App that checks it. */
export function showSuites(context: Context, repository: Repository, sha: string) {
  return (args: Arguments<Filter>) => {
    need(context, repository, "checks");
    const { appId, checkName } = args.filterBy ?? {};
    const suites = repository.suites
      .filter(({ headSha, app }) => headSha === sha && (appId ?? app.id) === app.id)
      .filter((suite) => !checkName || runsOf(repository, suite).some(({ name }) => name === checkName));
    return connect("checkSuites", suites, args, (suite) => showSuite(repository, suite));
  };
}

function runsOf(repository: Repository, suite: CheckSuite): CheckRun[] {
  return repository.runs.filter((run) => run.suite === suite);
}

function showSuite(repository: Repository, suite: CheckSuite) {
  return {
    __typename: "CheckSuite",
    id: nodeId("CS", suite.id),
    databaseId: suite.id,
    checkRuns: (args: Arguments<RunFilter>) => {
      const { appId, checkName, checkType, conclusions, status, statuses } = args.filterBy ?? {};
      const all = runsOf(repository, suite).filter(({ app }) => (appId ?? app.id) === app.id);
      const wanted = (statuses ?? (status ? [status] : null))?.map((one) => one.toLowerCase());
      const runs = (checkType === "ALL" ? all : latestRuns(all).reverse())
        .filter(({ name }) => !checkName || name === checkName)
        .filter((run) => !wanted || wanted.includes(run.status))
        .filter((run) => !conclusions || conclusions.includes(run.conclusion?.toUpperCase() ?? ""));
      return connect("checkRuns", runs, args, showRun);
    },
  };
}

function showRun({ id, name, externalId, status, conclusion, output }: CheckRun) {
  return {
    __typename: "CheckRun",
    id: nodeId("CR", id),
    name,
    externalId: externalId === "" ? null : externalId,
    status: status.toUpperCase(),
    conclusion: conclusion?.toUpperCase() ?? null,
    ...output,
  };
}
