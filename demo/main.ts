import { parseArgs } from "node:util";
import { closingTable, type Outcome } from "./closing-table.ts";
import { open, play } from "./play.ts";
import { criteriaRepaired } from "./scenarios/criteria.ts";
import { drift } from "./scenarios/drift.ts";
import { improvement } from "./scenarios/improvement.ts";
import { regression } from "./scenarios/regression.ts";
import { openStage } from "./stage.ts";
import { openTimeline } from "./timeline.ts";

const { values } = parseArgs({ options: { keep: { type: "boolean", default: false } } });
const timeline = openTimeline(process.stdout);
timeline.heading("ModelSync reviews four pull requests on a GitHub that runs on this machine");

const stage = await openStage(timeline);
const outcomes: Outcome[] = [];
try {
  const opened = [];
  for (const scenario of [improvement, regression, drift, criteriaRepaired]) {
    opened.push(await open(scenario, stage.person, timeline));
  }
  for (const one of opened) {
    outcomes.push(...(await play(one, stage.person, timeline, stage.pageOf(one.pullRequest))));
  }
  timeline.heading("How it ended");
  console.log(closingTable(outcomes).join("\n"));
  const wrong = outcomes.filter(({ unexpected }) => unexpected !== null).length + stage.violations().length;
  for (const violation of stage.violations()) console.log(`not what GitHub's schema allows: ${violation}`);
  console.log(
    wrong === 0
      ? `\nEvery outcome is the expected one (${timeline.seconds().toFixed(1)} s).`
      : `\n${wrong} outcomes are not the expected ones.`,
  );
  process.exitCode = wrong === 0 ? 0 : 1;
  if (values.keep) {
    console.log("\nThe pages above stay open until you press Ctrl-C.");
    await new Promise((resolve) => process.once("SIGINT", resolve));
  } else {
    console.log('Run "npm run demo -- --keep" to leave the pages open and look at them.');
  }
} finally {
  await stage.close();
}
