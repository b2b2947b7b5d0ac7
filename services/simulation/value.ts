/** A value of a line: of a placeholder in its text, and of a field of its record. */
export type Value = string | number;
