import { constantModel } from "../../models/baseline.ts";
import { type EstimatorGraph, repeatRow } from "./estimator-graph.ts";

export const baselineGraph: EstimatorGraph = (graph, serialized, encoded) =>
  repeatRow(graph, constantModel.parse(serialized).output, encoded);
