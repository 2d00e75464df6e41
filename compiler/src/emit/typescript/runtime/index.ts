«export { type Assessment, type Line, type Options, assess } from "./assessment.js";»
«export type { Claim, ClaimFields, Field } from "./claim.js";»
«export { type InputTexts, readInputs } from "./decisions.js";»
«export type { Inputs, Step } from "./model.js";»
«export { type Fraction, type Moment, Refusal, yuan } from "./reading.js";»
«export { type Fields, Unreadable, readClaim } from "./record.js";»
«export { COVERS, LIMITS } from "./rules.js";»
«export { SCHEME } from "./scheme.js";»
«export { type Rejected, type Settled, settle, settleRows } from "./settlement.js";»
