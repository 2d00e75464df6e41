/** The benefits of Yunyang as an engineer would write them for one scheme alone: amounts in 分 as numbers. */

export interface Claim {
  readonly peril: string;
  readonly role: string | null;
  readonly harm: string;
  readonly liable: string | null;
  readonly grade: string | null;
  readonly expense: number | null;
}

const RESCUERS = new Set([
  "rescuer",
  "disaster_relief_worker",
  "good_samaritan",
  "rescue_worker",
  "emergency_handler",
  "emergency_rescuer",
]);

const COVERS: Readonly<Record<string, "natural" | "liability" | "unable" | "traffic" | "municipal" | "drowning">> = {
  drought: "natural",
  flood: "natural",
  gale: "natural",
  hail: "natural",
  lightning: "natural",
  heavy_snow: "natural",
  seismic: "natural",
  earthquake: "natural",
  rock_collapse: "natural",
  landslide: "natural",
  debris_flow: "natural",
  sinkhole: "natural",
  ground_fissure: "natural",
  forest_fire: "natural",
  dam_break: "natural",
  fire: "liability",
  explosion: "liability",
  class_a_disease: "liability",
  plague: "liability",
  cholera: "liability",
  falling_object: "liability",
  drowning: "drowning",
  mental_patient_attack: "unable",
  larger_traffic_accident: "traffic",
  street_tree: "municipal",
  big_tree: "municipal",
  manhole_cover: "municipal",
  guardrail: "municipal",
};

const GENERAL: Readonly<Record<string, number>> = Object.fromEntries(
  Array.from({ length: 10 }, (_, at) => [`grade${String(at + 1)}`, (10 - at) * 1_000_000]),
);
const RESCUE: Readonly<Record<string, number>> = Object.fromEntries(
  Array.from({ length: 10 }, (_, at) => [`grade${String(at + 1)}`, (10 - at) * 3_000_000]),
);

/** What one claim is owed before limits shared with others, in 分. */
export function benefit(claim: Claim): number {
  if (claim.role !== null && RESCUERS.has(claim.role) && claim.liable !== "solvent") {
    return pays(claim, 30_000_000, RESCUE, 10_000_000);
  }
  const cover = COVERS[claim.peril];
  if (cover === undefined || !applies(cover, claim.liable)) {
    return 0;
  }
  return pays(claim, cover === "drowning" ? 3_000_000 : 10_000_000, GENERAL, 2_000_000);
}

function applies(cover: string, liable: string | null): boolean {
  switch (cover) {
    case "natural":
    case "municipal":
      return true;
    case "unable":
      return liable === "unable";
    case "traffic":
      return liable === "none" || liable === "not_found";
    default:
      return liable !== "solvent";
  }
}

function pays(claim: Claim, death: number, grades: Readonly<Record<string, number>>, most: number): number {
  switch (claim.harm) {
    case "death":
      return death;
    case "disability":
      return grades[claim.grade ?? ""] ?? 0;
    case "medical":
      return Math.min(claim.expense ?? 0, most);
    default:
      return 0;
  }
}
