import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Fault } from "../../../emulator/index.ts";
import { type App, startApp } from "../../../src/app.ts";
import { createLog } from "../../../src/web/create-log.ts";
import { seedDataDirectory } from "../database-template.ts";
import { type LocalApp, webhookSecret } from "../local-app.ts";
import { Chronicle, type Merge } from "./chronicle.ts";
import { shownStates } from "./github-log.ts";
import { beginLife, diskOf, MortalApp, outside } from "./mortal-app.ts";
import { People, type Pull } from "./people.ts";
import type { Base, PolicyKind, Step } from "./steps.ts";

/** Long enough to see that a review takes its time, short enough to wait for. */
export const patienceMilliseconds = 50;
/** Whoever plays and looks on asks more in an hour than people do, above all where a sequence is made shorter. */
const requestsPerHour = 1_000_000;
const longestHold = 10_000;

/** What stands at a pull request. */
interface Standing {
  number: number;
  run: { id: number; status: string; conclusion: string | null; title: string | null } | null;
  comments: string[];
  shared: boolean;
}

/** An App that can die beside a local GitHub, and a second one with an empty database to compare with. */
export class GateWorld implements AsyncDisposable {
  /** How often each step was taken, and how often the App died. */
  readonly seen: Record<string, number> = {};
  readonly #mortal: MortalApp;
  readonly #fresh: App;
  readonly #freshDirectory: string;
  readonly #policies: Record<Base, PolicyKind>;

  private constructor(mortal: MortalApp, fresh: App, freshDirectory: string, policies: Record<Base, PolicyKind>) {
    this.#policies = policies;
    this.#mortal = mortal;
    this.#fresh = fresh;
    this.#freshDirectory = freshDirectory;
  }

  static async start(): Promise<GateWorld> {
    const mortal = await MortalApp.start({ policy: null, patienceMilliseconds, requestsPerHour });
    const { github, appId, privateKey, ada } = mortal.local;
    const quiet = { error() {}, warn() {} };
    Object.assign(ada.log, quiet);
    const policies = await People.prepare(mortal.local);
    const directory = await mkdtemp(join(tmpdir(), "modelsync-fresh-"));
    await seedDataDirectory(directory);
    let fresh: App | undefined;
    await beginLife(directory, async () => {
      fresh = await startApp({
        settings: {
          ...{ port: 0, host: "127.0.0.1", logLevel: "silent", databaseUrl: null, dataDirectory: directory },
          ...{ apiUrl: github.url, reviewsAtOnce: 2, childLimits: { seconds: 60, megabytes: 1024 }, sweep: false },
        },
        credentials: { appId, privateKey, webhookSecret },
        log: createLog("silent"),
        ...{ throttle: false, debounceSeconds: 0, retries: 1, retrySeconds: 1, patienceMilliseconds: 3_600_000 },
        reviewModels: async () => [],
      });
      return fresh;
    });
    return new GateWorld(mortal, fresh!, directory, policies);
  }

  /** Plays a sequence on pull requests of its own and returns what was wrong. */
  async play(steps: readonly Step[]): Promise<string[]> {
    const { local } = this.#mortal;
    const { github } = local;
    const people = await People.begin(local, this.#policies);
    await this.#mortal.settle();
    const sequence = new Sequence(this.#mortal, people, (what) => {
      this.seen[what] = (this.seen[what] ?? 0) + 1;
    });
    const wrong = [...(await sequence.play(steps)), ...(await this.#compare(people))];
    wrong.push(...github.violations.splice(0).map(({ operation, message }) => `${operation}: ${message}`));
    await people.end();
    await this.#mortal.settle();
    github.requests.length = 0;
    (github.deliveries() as unknown[]).length = 0;
    return wrong;
  }

  /** A fresh App must come to the same end. */
  async #compare(people: People): Promise<string[]> {
    const { local } = this.#mortal;
    const { github, appId } = local;
    const pulls = await people.look();
    const kept = await standings(local, pulls);
    const disk = await diskOf(this.#freshDirectory);
    await disk.exec(
      `truncate delivery, pull_request, check_run, linked_issue, base_policy, installation, covered_repository,
         lost_delivery, started_check_run, holdout_model; delete from pgboss.job`,
    );
    github.setWebhook(appId, `${this.#fresh.url}/api/github/webhooks`);
    for (const { run } of kept) if (run) github.rerequestRun(run.id, "ada");
    for (let round = 0; round < 2; round += 1) {
      await github.idle();
      await this.#fresh.idle();
    }
    github.setWebhook(appId, `${local.app.url}/api/github/webhooks`);
    const fresh = await standings(local, pulls);
    return pulls.flatMap(({ number, passes, headSha, base }, at) => {
      const [one, again] = [kept[at]!, fresh[at]!];
      const heading = !people.uncommented.has(number);
      const shared = pulls.filter((pull) => pull.headSha === headSha && pull.base === base);
      const due = shared.every((pull) => pull.passes) ? "success" : "failure";
      return [
        ...(one.run?.status === "completed" ? [] : [`#${number} has no verdict at rest: ${one.run?.status}`]),
        ...(one.run?.conclusion === due
          ? []
          : [
              `#${number} says ${one.run?.conclusion}, but it ${passes ? "passes" : "fails"}${shared.length > 1 ? ` beside ${shared.length - 1} twins` : ""}`,
            ]),
        ...(said(one, heading) === said(again, heading)
          ? []
          : [`#${number} says ${said(one, true)}, a fresh App ${said(again, true)}`]),
        ...[one, again].flatMap(({ comments }) =>
          comments.length > 1 ? [`#${number} has ${comments.length} comments`] : [],
        ),
      ];
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#fresh.stop();
    await this.#mortal[Symbol.asyncDispose]();
    await rm(this.#freshDirectory, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Of a run that several share, the title depends on whose review came last; each one's comment does not. */
function said({ run, comments, shared }: Standing, heading: boolean): string {
  return `${run?.conclusion}: ${shared ? "" : run?.title} (${heading ? (comments[0] ?? "no comment") : ""})`;
}

async function standings(local: LocalApp, pulls: readonly Pull[]): Promise<Standing[]> {
  return await Promise.all(
    pulls.map(async ({ number, headSha, base }) => {
      const { data } = await local.ada.rest.checks.listForRef({
        ...{ ...local.repository, ref: headSha, check_name: `ModelSync: ${base}` },
      });
      const [run] = data.check_runs;
      const comments = (await local.comments(number)).filter(({ login }) => login === "modelsync[bot]");
      return {
        number,
        run: run ? { id: run.id, status: run.status, conclusion: run.conclusion, title: run.output.title } : null,
        comments: comments.map(({ body }) => body.split("\n").find((line) => line.startsWith("#")) ?? ""),
        shared: pulls.some((pull) => pull.number !== number && pull.headSha === headSha && pull.base === base),
      };
    }),
  );
}

/** One sequence of steps as it happens. */
class Sequence {
  readonly #mortal: MortalApp;
  readonly #people: People;
  readonly #chronicle: Chronicle;
  readonly #count: (what: string) => void;
  readonly #outages: Fault[] = [];
  readonly #losses: { times?: number }[] = [];
  readonly #wrong: string[] = [];
  #suspended = false;
  #downFor = 0;
  /** Something happened after which only a sweep makes good. */
  #needsSweep = false;

  constructor(mortal: MortalApp, people: People, count: (what: string) => void) {
    this.#count = count;
    this.#mortal = mortal;
    this.#people = people;
    this.#chronicle = new Chronicle(mortal.local.github);
  }

  async play(steps: readonly Step[]): Promise<string[]> {
    await this.#chronicle.note(await this.#people.look(), 0);
    for (const step of steps) {
      this.#count(step.do);
      if (this.#mortal.life.dead && this.#downFor-- <= 0) await this.#revive();
      await this.#take(step);
    }
    await this.#recover();
    return [...this.#wrong, ...(await this.#chronicle.judge(this.#mortal.local, patienceMilliseconds * 3))];
  }

  async #take(step: Step): Promise<void> {
    const { github } = this.#mortal.local;
    switch (step.do) {
      case "webhook": {
        const loss = { event: "*", effect: step.effect, times: 1 };
        this.#losses.push(loss);
        return github.addWebhookFault(loss);
      }
      case "outage":
        return this.#breakCalls({ kind: "status", status: 502 }, step.calls);
      case "stale read":
        return this.#breakCalls({ kind: "stale" }, 1);
      case "revoke tokens":
        return github.revokeTokens(this.#mortal.local.installationId);
      case "suspend or resume":
        return this.#suspend(!this.#suspended);
      case "crash":
        if (this.#mortal.life.deathAt < Number.POSITIVE_INFINITY) return;
        this.#mortal.life.deathAt = this.#mortal.life.awaits + step.at;
        this.#downFor = step.down;
        return;
      case "sweep":
        // What fails under an outage is the next sweep's.
        await this.#mortal.runNow("sweep").catch(() => {});
        return;
      case "slow review":
        return this.#mortal.local.beforeNextReview(() => outside(() => this.#hold()));
      case "rest":
        return this.#rest();
      default:
        return this.#act(step);
    }
  }

  async #act(step: Step): Promise<void> {
    if (step.do === "merge at rest") await this.#rest();
    const merge =
      step.do === "merge" || step.do === "merge at rest" ? this.#people.pull((step as { pull: number }).pull) : null;
    const told = this.#mortal.local.github.deliveries().length;
    const before = await this.#people.look();
    const at = Date.now();
    const done = await this.#people.act(step);
    if (merge !== null && done) {
      const pull = before.find(({ number }) => number === merge)!;
      const rested = step.do === "merge at rest" && this.#isWell();
      this.#chronicle.merges.push({ ...pull, at, rested } satisfies Merge);
    }
    this.#chronicle.note(await this.#people.look(), told);
  }

  async #revive(): Promise<void> {
    this.#count("(the App died and began again)");
    await this.#mortal.revive();
  }

  #breakCalls(effect: Fault["effect"], times: number): void {
    this.#needsSweep = true;
    this.#chronicle.disturb();
    const isOurs: Fault["match"] = ({ actor, operation }) =>
      /^(app|installation):/.test(actor) && (effect.kind !== "stale" || operation === "POST /graphql");
    const fault: Fault = { match: isOurs, effect, times };
    this.#outages.push(fault);
    this.#mortal.local.github.faults.add(fault);
  }

  #suspend(suspended: boolean): void {
    this.#needsSweep = true;
    this.#chronicle.disturb();
    this.#suspended = suspended;
    this.#mortal.local.github.suspendInstallation(this.#mortal.local.installationId, suspended);
  }

  #isWell(): boolean {
    if (this.#mortal.life.dead || this.#needsSweep || this.#suspended) return false;
    const answered = new Set<string>();
    for (const { guid, statusCode } of this.#mortal.local.github.deliveries())
      if (statusCode === 200) answered.add(guid);
    return this.#mortal.local.github.deliveries().every(({ guid }) => answered.has(guid));
  }

  /** Without a fault that only a sweep makes good, everything is as it should be as soon as the work is done. */
  async #rest(): Promise<void> {
    if (this.#mortal.life.dead) await this.#revive();
    await this.#mortal.settle();
    if (!this.#isWell()) return;
    const pulls = await this.#people.look();
    for (const { number, run } of await standings(this.#mortal.local, pulls)) {
      const own = pulls.find((pull) => pull.number === number)!;
      const passes = pulls.every((pull) => pull.headSha !== own.headSha || pull.base !== own.base || pull.passes);
      const due = passes ? "success" : "failure";
      if (run?.conclusion !== due)
        this.#wrong.push(`#${number} says ${run?.conclusion} at rest, without any loss, but ${due} is due`);
    }
  }

  /** Holds a review until it says that it is under way. */
  async #hold(): Promise<void> {
    const { local, life } = this.#mortal;
    const ref = local.asked.at(-1)!.head.commit;
    const since = Date.now();
    // A twin's review may complete the run before anybody looks; the log still knows that it was there, or was a moment ago.
    const said = () =>
      shownStates(local.github, []).some(
        ({ at, headSha, says }) => at >= since - 1000 && headSha === ref && says === "in_progress",
      );
    while (Date.now() < since + longestHold && !life.dead) {
      const { data } = await local.ada.rest.checks.listForRef({ ...local.repository, ref, filter: "all" });
      if (said() || data.check_runs.some(({ status }) => status === "in_progress")) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    if (!life.dead) this.#wrong.push(`a long review of ${ref} never said that it is under way`);
  }

  /** All faults end, and a sweep and a reconciliation come. */
  async #recover(): Promise<void> {
    const mortal = this.#mortal;
    for (const fault of [...this.#losses, ...this.#outages]) fault.times = 0;
    // Whoever is to die still does.
    if (mortal.life.deathAt < Number.POSITIVE_INFINITY) await mortal.settle();
    mortal.life.deathAt = Number.POSITIVE_INFINITY;
    if (mortal.life.dead) await this.#revive();
    if (this.#suspended) this.#suspend(false);
    await mortal.settle();
    const disk = await diskOf(mortal.local.directory);
    // Some time passes.
    await disk.exec(
      `update pull_request set retry_at = now() where retry_at is not null;
       update lost_delivery set asked_at = asked_at - interval '3 days';
       update installation set paused_until = null`,
    );
    await mortal.runNow("sweep");
    await mortal.runNow("reconcile");
  }
}
