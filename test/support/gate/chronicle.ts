import type { LocalGitHub } from "../../../emulator/index.ts";
import type { LocalApp } from "../local-app.ts";
import { decidedAt, lastLook, type Shown, shownStates } from "./github-log.ts";
import type { Pull } from "./people.ts";

export interface Merge extends Pull {
  at: number;
  /** Nothing was left to do, and nothing had gone wrong. */
  rested: boolean;
}

/** What was so between two things that people did. */
interface Period {
  from: number;
  until: number;
  pulls: Pull[];
  /** Those of GitHub's deliveries that told it. */
  told: { guid: string; event: string }[];
  /** The App or GitHub was out of order, so that it may last until the next sweep. */
  disturbed: boolean;
}

/** How long an old success may stand after an event was acknowledged (see `announce`), and what a busy machine adds. */
const longestSuccess = 2000;
const allowance = 3000;

/**
 * What people did, held against what GitHub's log tells of the App.
 *
 * A success is *old* when the pull requests of its commit and base no longer pass all. After the App acknowledged the events
 * that tell so, none may be written anew beyond those two seconds, and a review that looked after the change may write none
 * at all. One verdict replaces another without a run in progress in between only within the App's patience.
 */
export class Chronicle {
  readonly merges: Merge[] = [];
  readonly #github: LocalGitHub;
  readonly #periods: Period[] = [];
  #disturbed = false;

  constructor(github: LocalGitHub) {
    this.#github = github;
  }

  /** From now on it is so. `since` is the number of deliveries before it was made so. */
  note(pulls: Pull[], since: number): void {
    const now = Date.now();
    const last = this.#periods.at(-1);
    if (last) last.until = now;
    const told = this.#github.deliveries().slice(since);
    this.#periods.push({ from: now, until: Number.POSITIVE_INFINITY, pulls, told, disturbed: this.#disturbed });
  }

  disturb(): void {
    this.#disturbed = true;
    const last = this.#periods.at(-1);
    if (last) last.disturbed = true;
  }

  async judge({ ada, repository }: LocalApp, patience: number): Promise<string[]> {
    const heads = new Set(this.#periods.flatMap(({ pulls }) => pulls.map(({ headSha }) => headSha)));
    const lists = await Promise.all(
      [...heads].map((ref) => ada.rest.checks.listForRef({ ...repository, ref, filter: "all", per_page: 100 })),
    );
    const states = shownStates(
      this.#github,
      lists.flatMap(({ data }) => data.check_runs),
    );
    return [
      ...states.flatMap((state) => this.#oldSuccess(state)),
      ...this.#hasty(states, patience),
      ...this.merges.flatMap((merge) => this.#wrongMerge(merge, states)),
    ];
  }

  /** When the App had acknowledged every event that told of a period; null when one was lost on the way. */
  #acknowledged({ told }: Period): number | null {
    const answers = told.map(({ guid }) =>
      this.#github.deliveries().find((one) => one.guid === guid && one.statusCode === 200),
    );
    if (answers.some((answer) => answer === undefined)) return null;
    return Math.max(0, ...answers.map((answer) => answer?.answeredAt ?? Number.POSITIVE_INFINITY));
  }

  /** The periods without a break in which `so` held, up to and with the one of a time. */
  #since(at: number, so: (period: Period) => boolean): Period | null {
    let first: Period | null = null;
    for (const period of this.#periods.filter(({ from }) => from <= at)) {
      if (!so(period)) first = null;
      else first ??= period;
    }
    return first;
  }

  #oldSuccess({ at, headSha, name, pull, says }: Shown): string[] {
    if (says !== "success") return [];
    const here = ({ pulls }: Period) =>
      pulls.filter((one) => one.headSha === headSha && `ModelSync: ${one.base}` === name);
    const failing = this.#since(at, (period) => here(period).some(({ passes }) => !passes));
    if (failing === null || failing.disturbed) return [];
    const acknowledged = this.#acknowledged(failing);
    const late = acknowledged === null ? null : at - Math.max(acknowledged, failing.from);
    if (late !== null && late > longestSuccess + allowance)
      return [`${name} of ${headSha} became a success ${late} ms after it was told to be none`];
    const own = this.#since(at, (period) => here(period).some(({ number, passes }) => number === pull && !passes));
    const looked = lastLook(this.#github, pull, at);
    return own && !own.disturbed && looked !== null && looked > own.from
      ? [`#${pull} became a success by a review that looked ${looked - own.from} ms after it failed`]
      : [];
  }

  /** A verdict that follows another at once must have been decided within the App's patience. */
  #hasty(states: readonly Shown[], patience: number): string[] {
    const newest = new Map<string, Shown["says"]>();
    return states.flatMap(({ at, headSha, name, pull, created, says }) => {
      const key = `${headSha} ${name}`;
      const before = newest.get(key);
      newest.set(key, says);
      if (!created || before !== "success" || says !== "failure") return [];
      const looked = lastLook(this.#github, pull, at) ?? at;
      const took = decidedAt(this.#github, looked, at) - looked;
      return took > patience + allowance ? [`#${pull} was judged again for ${took} ms under an old success`] : [];
    });
  }

  #wrongMerge(merge: Merge, states: readonly Shown[]): string[] {
    const { number, headSha, base, at, passes, rested } = merge;
    if (rested && !passes) return [`#${number} was merged at rest although it fails`];
    if (passes) return [];
    const failing = this.#since(at, ({ pulls }) =>
      pulls.some((one) => one.number === number && one.headSha === headSha && one.base === base && !one.passes),
    );
    if (failing === null) return [];
    const said = states.some(
      (state) =>
        state.pull === number &&
        state.headSha === headSha &&
        state.name === `ModelSync: ${base}` &&
        state.says === "failure" &&
        state.at < at &&
        (lastLook(this.#github, number, state.at) ?? 0) > failing.from,
    );
    if (said) return [`#${number} was merged although its own check had failed`];
    const acknowledged = failing.disturbed ? null : this.#acknowledged(failing);
    return acknowledged !== null && at - acknowledged > longestSuccess + allowance
      ? [`#${number} was merged ${at - acknowledged} ms after it was told to fail`]
      : [];
  }
}
