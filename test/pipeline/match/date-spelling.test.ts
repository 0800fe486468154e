import { describe, expect, it } from "vitest";
import { readDates } from "../../../pipeline/match/date-spelling.ts";

describe("how dates are written", () => {
  it.each<[texts: string[], forms: string[]]>([
    [["2015-02-17", "2015-03-03"], ["YYYY-MM-DD"]],
    [["17/02/2015", "3/03/2015"], ["DD/MM/YYYY"]],
    [["02/17/2015", "3/03/2015"], ["MM/DD/YYYY"]],
    [
      ["03.04.2015", "05.06.2015"],
      ["DD.MM.YYYY", "MM.DD.YYYY"],
    ],
    [["20150217", "20150303"], ["YYYYMMDD"]],
    [["2019-03-23 20:21:09"], ["YYYY-MM-DD hh:mm:ss"]],
    [["2019-03-23T20:21:09Z"], ["YYYY-MM-DDThh:mm:ssZ"]],
    [["3/23/2019 8:21"], ["MM/DD/YYYY hh:mm"]],
    [["2015-02-17", "17/02/2015"], []],
    [["2015-02-17", "2015-02-18 10:00"], []],
    [["2015-02-30"], []],
    [["2015/02-17"], []],
    [["17/02/15"], []],
    [["1", "2"], []],
    [["abc"], []],
    [[], []],
  ])("%j: %j", (texts, forms) => {
    expect(readDates(texts).map(({ form }) => form)).toEqual(forms);
  });

  it("means the same moments", () => {
    const moment = Date.UTC(2015, 1, 17);
    const all = ["2015-02-17", "17/2/2015", "02.17.2015", "20150217"].map((text) => [...readDates([text])[0]!.moments]);
    expect(all).toEqual([[moment], [moment], [moment], [moment]]);
  });
});
