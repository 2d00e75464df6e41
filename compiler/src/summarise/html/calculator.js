// Asks for what the rules read on the chosen path, and shows what they pay. `SHEET` holds what this page asks and says;
// the evaluator stands above.

const section = document.getElementById("calculator");
const form = section.querySelector("form");
const result = section.querySelector(".result");
const say = (id) => SHEET.texts[id] ?? id;

/** What was written, by fact and by decision */
const given = new Map();
const taken = new Map();
const fieldOf = new Map(COLUMNS.map((column) => [column.names[0], column.field]));
const labels = new Map(SHEET.fields.map((field) => [field.id, field.label]));

/** What the evaluator says of some fields and decisions: an assessment, or why it refuses. */
function outcomeOf(fields, decisions) {
  try {
    const decide = Array.from(decisions, ([id, value]) => (value === "" ? id : `${id}=${value}`));
    const inputs = readInputs({ decide });
    return { assessment: assess(readClaim(Object.fromEntries(fields)), { inputs, explain: true }), refusal: null };
  } catch (error) {
    const refusal = error instanceof Unreadable ? error.refusals[0] : error;
    if (!(refusal instanceof Refusal)) {
      throw error;
    }
    return { assessment: null, refusal };
  }
}

/** Outcomes that a reader would call the same have the same text. */
function textOfOutcome({ assessment, refusal }) {
  return refusal === null
    ? [assessment.benefit, assessment.cover, assessment.reason].join("\n")
    : [refusal.code, ...refusal.fields].join("\n");
}

/** The facts that an outcome lacks. */
function lackedBy({ refusal }) {
  return refusal?.code === "V020" ? refusal.fields : [];
}

function only(shown) {
  return new Map([...given].filter(([id]) => shown.has(id)));
}

/** A value as one writes it. */
function written(field, value) {
  switch (typeof value) {
    case "bigint":
      return field.kind === "money" ? yuan(value) : value.toString();
    case "boolean":
      return value ? "yes" : "no";
    case "string":
      return value;
    default:
      return "day" in value
        ? String(value.day).replace(/(..)(..)$/, "-$1-$2")
        : `${value.numerator.toString()}/${value.denominator.toString()}`;
  }
}

/** A field that is blank and may stay so is asked where some value of it would change the outcome. */
function couldChange(field, fields, text) {
  const values = REPRESENTATIVES[fieldOf.get(field.id)] ?? [];
  const having = (value) => outcomeOf(new Map(fields).set(field.id, written(field, value)), taken);
  return values.some((value) => textOfOutcome(having(value)) !== text);
}

/** A decision is asked where taking it, or not, would change the outcome. */
function turnsOn(decision, fields, text) {
  const other = new Map(taken);
  if (!other.delete(decision.id)) {
    other.set(decision.id, { date: "1900-01-01", money: "1", ratio: "1%", count: "1" }[decision.value] ?? "");
  }
  return textOfOutcome(outcomeOf(fields, other)) !== text;
}

/** What is asked, beginning with what always is, and what comes of it. */
function ask() {
  const shown = new Set(SHEET.fields.filter((field) => field.first).map((field) => field.id));
  for (;;) {
    const fields = only(shown);
    const outcome = outcomeOf(fields, taken);
    const lacked = lackedBy(outcome);
    if (lacked.some((id) => shown.has(id) && SHEET.fields.find((field) => field.id === id).first)) {
      return { shown, decisions: new Set(taken.keys()), outcome, lacked: lacked.filter((id) => shown.has(id)) };
    }
    const text = textOfOutcome(outcome);
    const more = SHEET.fields.filter(
      (field) => !shown.has(field.id) && (lacked.includes(field.id) || couldChange(field, fields, text)),
    );
    if (more.length === 0) {
      const decisions = SHEET.decisions.filter((decision) => turnsOn(decision, fields, text));
      return { shown, decisions: new Set(decisions.map(({ id }) => id)), outcome, lacked };
    }
    more.forEach(({ id }) => shown.add(id));
  }
}

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** Chinese on an English page says so. */
function worded(name, text, properties = {}) {
  const made = element(name, properties);
  const parts = SHEET.language === "en" ? text.split(/(\p{Script=Han}[\p{Script=Han}（）、【】]*)/u) : [text];
  if (name === "option") {
    made.append(text);
    if (parts.length > 1) {
      made.lang = "zh-CN";
    }
    return made;
  }
  parts.forEach((part, at) => made.append(at % 2 === 1 ? element("span", { lang: "zh-CN" }, part) : part));
  return made;
}

function note(map, key, value) {
  if (value === "") {
    map.delete(key);
  } else {
    map.set(key, value);
  }
  show();
}

const rows = new Map();

function fieldRow(field, at) {
  const id = `calculator-${String(at)}`;
  let control;
  if (field.options === null) {
    const type = field.kind === "date" ? "date" : "text";
    control = element("input", { id, type, autocomplete: "off" });
    if (field.kind !== "date") {
      control.inputMode = "decimal";
    }
  } else {
    control = element("select", { id }, element("option", { value: "" }, field.blank));
    field.options.forEach(({ value, label }) => control.append(worded("option", label, { value })));
  }
  control.addEventListener("input", () => note(given, field.id, control.value));
  const label = worded("label", field.label, { htmlFor: id });
  const unit = field.unit === "" ? [] : [worded("span", field.unit, { className: "unit", id: `${id}-unit` })];
  if (unit.length > 0) {
    control.setAttribute("aria-describedby", `${id}-unit`);
  }
  const row = element("p", { hidden: true }, label, element("span", { className: "control" }, control, ...unit));
  row.dataset.fact = field.id;
  rows.set(field.id, { row, control });
  form.append(row);
}

const decisionRows = new Map();

function decisionRow(decision, at) {
  const id = `calculator-decision-${String(at)}`;
  const control = element("input", { id, type: decision.value === null ? "checkbox" : "text", autocomplete: "off" });
  const label = worded("label", decision.label, { htmlFor: id });
  if (decision.value === null) {
    control.addEventListener("input", () => {
      taken.delete(decision.id);
      if (control.checked) {
        taken.set(decision.id, "");
      }
      show();
    });
  } else {
    control.addEventListener("input", () => note(taken, decision.id, control.value.trim()));
  }
  const parts = decision.value === null ? [control, label] : [label, control];
  const row = element("p", { hidden: true, className: decision.value === null ? "tick" : "" }, ...parts);
  row.dataset.decision = decision.id;
  decisionRows.set(decision.id, row);
  return row;
}

const grouped = (text) => text.replace(/\B(?=(\d{3})+(?!\d))(?=\d*\.)/g, ",");
const money = (fen) => (SHEET.language === "zh" ? `${grouped(yuan(fen))}元` : `${grouped(yuan(fen))} yuan`);

const DIGITS = "零壹贰叁肆伍陆柒捌玖";

/** Whole 元 as vouchers spell them. */
function spelled(value) {
  let out = "";
  let gap = false;
  const sections = ["", "万", "亿", "万亿"];
  for (let index = sections.length - 1; index >= 0; index -= 1) {
    const section = Number((value / 10_000n ** BigInt(index)) % 10_000n);
    for (const [at, place] of ["仟", "佰", "拾", ""].entries()) {
      const digit = Math.floor(section / 10 ** (3 - at)) % 10;
      gap ||= digit === 0;
      if (digit > 0) {
        out += (gap && out !== "" ? "零" : "") + DIGITS[digit] + place;
        gap = false;
      }
    }
    if (section > 0) {
      out += index === 3 && (value / 100_000_000n) % 10_000n > 0n ? "万" : sections[index];
      gap = false;
    }
  }
  return out === "" ? DIGITS[0] : out;
}

/** 大写金额 */
function capitals(fen) {
  const [whole, tenths, cents] = [fen / 100n, Number((fen / 10n) % 10n), Number(fen % 10n)];
  const head = whole > 0n || fen === 0n ? `${spelled(whole)}元` : "";
  const middle = tenths > 0 ? `${DIGITS[tenths]}角` : cents > 0 && whole > 0n ? "零" : "";
  return `人民币${head}${middle}${cents > 0 ? `${DIGITS[cents]}分` : "整"}`;
}

/** Articles beside what rests on them, as the document cites them. */
function cited(article) {
  if (article === "") {
    return "";
  }
  return SHEET.language === "zh" ? `【${article}】` : ` (art. ${article})`;
}

function stepsTable(lines) {
  const head = ["step", "amount", "article"].map((id) =>
    element("th", { scope: "col", className: id === "amount" ? "number" : "" }, say(id)),
  );
  const body = element("tbody");
  for (const line of lines) {
    for (const step of line.steps) {
      body.append(
        element(
          "tr",
          {},
          worded("th", say(`rule-${step.rule}`), { scope: "row" }),
          element("td", { className: "number" }, money(step.amount)),
          worded("td", step.article),
        ),
      );
    }
  }
  return element(
    "table",
    {},
    element("caption", {}, say("steps")),
    element("thead", {}, element("tr", {}, ...head)),
    body,
  );
}

function show() {
  const { shown, decisions, outcome, lacked } = ask();
  for (const [id, { row, control }] of rows) {
    row.hidden = !shown.has(id);
    control.setAttribute("aria-required", String(lacked.includes(id)));
    control.setAttribute("aria-invalid", String(outcome.refusal?.fields.includes(id) === true && !lacked.includes(id)));
  }
  for (const [id, row] of decisionRows) {
    row.hidden = !decisions.has(id);
  }
  const fieldset = form.querySelector("fieldset");
  if (fieldset !== null) {
    fieldset.hidden = decisions.size === 0;
  }
  const { assessment, refusal } = outcome;
  const found = { benefit: "", cover: "", reason: "", refused: "" };
  if (refusal === null) {
    found.benefit = yuan(assessment.benefit);
    found.cover = assessment.cover;
    found.reason = assessment.reason ?? "";
  } else {
    found.refused = refusal.code;
  }
  Object.assign(result.dataset, found);
  result.replaceChildren(...said(outcome, lacked));
}

function said({ assessment, refusal }, lacked) {
  if (lacked.length > 0) {
    const names = lacked.map((id) => labels.get(id) ?? id).join(SHEET.language === "zh" ? "、" : ", ");
    return [element("p", {}, say("missing") + names)];
  }
  if (refusal !== null) {
    const names = refusal.fields
      .map((id) => labels.get(id) ?? id)
      .join(SHEET.language === "zh" ? "、" : ", ");
    const text = say(refusal.code) === refusal.code ? say("refused") : say(refusal.code);
    return [element("p", {}, names === "" ? text : `${text}${say("colon")}${names}`)];
  }
  const amount = element(
    "p",
    { className: "benefit" },
    `${say("benefit")}${say("colon")}`,
    element("strong", {}, money(assessment.benefit)),
  );
  if (SHEET.language === "zh") {
    amount.append(`（${capitals(assessment.benefit)}）`);
  }
  const parts = [amount];
  if (assessment.reason !== null) {
    parts.push(element("p", {}, say(`reason-${assessment.reason}`)));
  }
  assessment.lines.forEach((line) => {
    const { article } = COVERS[line.cover];
    const name = SHEET.covers[line.cover];
    parts.push(element("p", {}, `${say("cover")}${say("colon")}`, worded("span", `${name}${cited(article)}`)));
  });
  if (assessment.lines.some((line) => line.steps.length > 0)) {
    parts.push(stepsTable(assessment.lines));
  }
  return parts;
}

SHEET.fields.forEach(fieldRow);
if (SHEET.decisions.length > 0) {
  form.append(
    element("fieldset", { hidden: true }, element("legend", {}, say("decisions")), ...SHEET.decisions.map(decisionRow)),
  );
}
form.addEventListener("submit", (event) => event.preventDefault());
section.hidden = false;
document.getElementById("calculator-link").hidden = false;
show();
