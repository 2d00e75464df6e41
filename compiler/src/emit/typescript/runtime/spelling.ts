/** How texts name the values of enumerations. */

‹import type { Named } from "./model.js";›
«import { Refusal, plain } from "./reading.js";»

/** The spellings of an enumeration: ids win over names, and both over aliases. */
«export »function spellings‹<Id extends string>›(values‹: readonly Named<Id>[]›)‹: ReadonlyMap<string, Id>› {
  const found = new Map‹<string, Id>›();
  const ranked‹: ((value: Named<Id>) => readonly string[])[]› = [
    ({ id }) => [id],
    ({ zh, en }) => [zh, en],
    ({ aliases }) => aliases ?? [],
  ];
  for (const namesOf of ranked) {
    for (const value of values) {
      for (const name of namesOf(value)) {
        if (!found.has(name)) {
          found.set(name, value.id);
        }
      }
    }
  }
  return found;
}

/** The value above each value of a tree. */
«export »function parents(values‹: readonly Named<string>[]›)‹: ReadonlyMap<string, string>› {
  return new Map(values.flatMap(({ id, parent }) => (parent === undefined ? [] : [[id, parent] ‹as const›])));
}

/** Reads one value of an enumeration. */
«export »function oneOf‹<Id extends string>›(values‹: readonly Named<Id>[]›)‹: (text: string) => Id› {
  const known = spellings(values);
  return (text) => {
    const found = known.get(text) ?? known.get(plain(text));
    if (found === undefined) {
      throw new Refusal("V002");
    }
    return found;
  };
}
