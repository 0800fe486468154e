import { pinballMetric } from "../pinball-metric.ts";

/** Rises when predictions are too low. */
export default pinballMetric(0.9, 200);
