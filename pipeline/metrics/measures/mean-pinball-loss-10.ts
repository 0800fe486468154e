import { pinballMetric } from "../pinball-metric.ts";

/** Rises when predictions are too high. */
export default pinballMetric(0.1, 190);
