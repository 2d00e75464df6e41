/** Reads JSON Lines without losing a digit: numbers stay the texts that they are written as. */

«import { readFileSync } from "node:fs";»
«import { Refusal, trimmed } from "./reading.js";»

/** A row is not longer, in bytes with its line break. */
const LONGEST = 1 << 20;
/** Half of a pair, which is no character. */
const SURROGATE = /\p{Surrogate}/u;
const TOKEN = /\s*("(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s"{}[\]:,]+)/y;

/** One flat object as pairs, a field given twice included. */
«export »function readObject(text‹: string›)‹: (readonly [string, unknown])[] | Refusal› {
  try {
    JSON.parse(text);
  } catch {
    return new Refusal("V069");
  }
  const tokens = tokensOf(text);
  if (tokens[0] !== "{") {
    return new Refusal("V069");
  }
  const pairs‹: (readonly [string, unknown])[]› = [];
  for (let at = 1; at + 2 < tokens.length; at += 4) {
    const [key = "", , value = ""] = tokens.slice(at, at + 3);
    const name = String(JSON.parse(key));
    if (value === "{" || value === "[") {
      return new Refusal("V063", [name]);
    }
    const read‹: unknown› = /^["tfn]/.test(value) ? JSON.parse(value) : value;
    if (SURROGATE.test(name) || SURROGATE.test(String(read))) {
      return new Refusal("V069");
    }
    pairs.push([name, read]);
  }
  return pairs;
}

function tokensOf(text‹: string›)‹: string[]› {
  TOKEN.lastIndex = 0;
  const tokens‹: string[]› = [];
  for (let found = TOKEN.exec(text); found !== null; found = TOKEN.exec(text)) {
    tokens.push(found[1] ?? "");
  }
  return tokens;
}

/** The objects of a file of JSON Lines; blank lines are none. */
«export »function* readLines(path‹: string›)‹: Generator<(readonly [string, unknown])[] | Refusal>› {
  for (const { item } of numberedLines(path)) {
    yield item;
  }
}

/** An object of a file, and the line that it stands in. */
‹export interface NumberedLine {
  readonly line: number;
  readonly item: (readonly [string, unknown])[] | Refusal;
}›

/** As readLines, with the line of each. */
«export »function* numberedLines(path‹: string›)‹: Generator<NumberedLine>› {
  let number = 0;
  const bytes = readFileSync(path);
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(10, start);
    const line = bytes.subarray(start, found < 0 ? bytes.length : found + 1);
    start += line.length;
    number += 1;
    if (line.length > LONGEST) {
      yield { line: number, item: new Refusal("V067") };
      continue;
    }
    try {
      const text = trimmed(decoder.decode(line));
      if (text !== "") {
        yield { line: number, item: readObject(text) };
      }
    } catch {
      yield { line: number, item: new Refusal("V061") };
    }
  }
}
