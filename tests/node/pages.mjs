// Opens pages in Chromium and holds them to what a summary promises: `node pages.mjs CHROMIUM JOBS.json [SHOTS]`.
// JOBS is a list of { page, covered, cases: [{ fields, decisions, expected, explained }] }, where `covered` heads the line
// of a cover; what is found wrong is printed, a line each.
import { mkdtempSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [executablePath, jobs, shots] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"];
args.push("--disable-background-networking", "--disable-component-update");
const profile = mkdtempSync(join(tmpdir(), "anlan-pages-"));
const options = {
  executablePath,
  headless: true,
  args,
  viewport: { width: 1280, height: 900 },
  reducedMotion: "reduce",
};
const wrong = [];

/** Fills in what the page asks, as far as a claim says it, and gives what the page answers. Runs inside the page. */
function answers({ cases, covered }) {
  const section = document.getElementById("calculator");
  const result = section.querySelector(".result");
  const controls = [...section.querySelectorAll("[data-fact], [data-decision]")].map((row) => ({
    row,
    id: row.dataset.fact ?? row.dataset.decision,
    of: row.dataset.fact === undefined ? "decisions" : "fields",
    control: row.querySelector("input, select"),
  }));
  const write = (control, value) => {
    if (control.type === "checkbox") {
      control.checked = value !== null;
    } else {
      control.value = value ?? "";
    }
    control.dispatchEvent(new Event("input", { bubbles: true }));
  };
  return cases.map((given) => {
    controls
      .filter(({ control }) => control.checked || (control.type !== "checkbox" && control.value !== ""))
      .forEach(({ control }) => write(control, null));
    const written = new Set();
    for (;;) {
      const next = controls.find(
        (entry) => !entry.row.hidden && !written.has(entry) && given[entry.of][entry.id] !== undefined,
      );
      if (next === undefined) {
        break;
      }
      written.add(next);
      write(next.control, given[next.of][next.id]);
    }
    const { benefit, cover, reason, refused } = result.dataset;
    const texts = (nodes) => Array.from(nodes, (node) => node.textContent);
    const covers = texts(result.querySelectorAll(":scope > p")).filter((text) => text.includes(covered));
    const steps = Array.from(result.querySelectorAll("tbody tr"), (row) => texts(row.cells));
    return { answer: { benefit, cover, reason, refused }, explained: { covers, steps }, text: result.innerText };
  });
}

async function shoot(page, width, path) {
  await page.setViewportSize({ width, height: 900 });
  await page.screenshot({ path, fullPage: true });
}

async function look(context, { page: path, cases, covered }) {
  const page = await context.newPage();
  const note = (what) => wrong.push(`${basename(path)}: ${what}`);
  page.on("pageerror", (error) => note(`script: ${error.message}`));
  page.on("request", (request) => request.url().startsWith("file:") || note(`asks for ${request.url()}`));
  await page.goto(pathToFileURL(path).href);
  for (const width of [1280, 390, 320]) {
    await page.setViewportSize({ width, height: 900 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (over > 0) {
      note(`${String(over)} pixels too wide at ${String(width)}`);
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  if (cases.length > 0) {
    const found = await page.evaluate(answers, { cases, covered });
    found.forEach(({ answer, explained, text }, at) => {
      const { expected } = cases[at];
      const same = Object.entries(expected).every(([key, value]) => answer[key] === value);
      const shown = expected.benefit === "" || text.replaceAll(",", "").includes(expected.benefit);
      if (cases[at].explained !== null && JSON.stringify(explained) !== JSON.stringify(cases[at].explained)) {
        note(`${JSON.stringify(cases[at])} is explained as ${JSON.stringify(explained)}`);
      }
      if (!same || !shown) {
        note(`${JSON.stringify(cases[at])} gets ${JSON.stringify(answer)} and shows ${text}`);
      }
    });
    await page.keyboard.press("Tab");
  }
  await page.evaluate(axe);
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const { violations } = await page.evaluate((values) => axe.run({ runOnly: { type: "tag", values } }), tags);
  violations.forEach(({ id, nodes }) =>
    note(
      `${id}: ${nodes
        .slice(0, 3)
        .map(({ html }) => html)
        .join(" ")}`,
    ),
  );
  await page.emulateMedia({ media: "print" });
  if (await page.locator("#calculator").isVisible()) {
    note("the calculator is printed");
  }
  const lost = await page.evaluate(() =>
    [...document.querySelectorAll("nav a")]
      .filter((link) => link.checkVisibility() && !document.querySelector(link.hash).checkVisibility())
      .map((link) => link.hash),
  );
  lost.forEach((hash) => note(`prints ${hash} in its contents only`));
  if (shots !== undefined) {
    const file = (kind) => join(shots, `${basename(path, ".html")}-${kind}`);
    await page.pdf({ path: file("print.pdf"), preferCSSPageSize: true, printBackground: true });
    await page.emulateMedia({ media: "screen" });
    await shoot(page, 1280, file("1280.png"));
    await shoot(page, 390, file("390.png"));
  }
  await page.close();
}

const context = await chromium.launchPersistentContext(profile, options);
const list = JSON.parse(readFileSync(jobs, "utf8"));
// Two pages at a time: as many as there are cores to run them. Pictures are taken of one: while another changes its width,
// they may repeat a part of the page.
const waiting = [...list];
const worker = async () => {
  for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
    await look(context, job);
  }
};
await Promise.all(shots === undefined ? [worker(), worker()] : [worker()]);
await context.close();
// Without scripts the document is whole, and nothing offers a calculator.
const plain = await chromium.launchPersistentContext(`${profile}-plain`, { ...options, javaScriptEnabled: false });
for (const { page: path } of list) {
  const page = await plain.newPage();
  await page.goto(pathToFileURL(path).href);
  if (
    await page
      .locator("#calculator form, #calculator-link")
      .first()
      .isVisible()
      .catch(() => false)
  ) {
    wrong.push(`${basename(path)}: shows a calculator that needs a script`);
  }
  if (!(await page.locator("main").isVisible())) {
    wrong.push(`${basename(path)}: shows no document without scripts`);
  }
  await page.close();
}
await plain.close();
console.log(JSON.stringify({ looked: list.length, wrong }));
