// Reads the rules: core/catalogue/rules/<family>.json, one file for each family, described by
// schemas/published/catalogue.schema.json (which tests check). What a schema cannot say of them is checked here.
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * @typedef {object} Case a severity and the texts of one case, in full: what a further case leaves out is the rule's
 * @property {string} case '' for the rule's first case
 * @property {string} severity @property {string} condition @property {string} message @property {string} help
 */

/** A C++ name for a rule or for one of its cases: browser_evidence_missing_open. */
export const nameOf = (id, caseName = '') => (caseName ? `${id}_${caseName}` : id).replaceAll(/[.-]/g, '_');

/** @returns {Case[]} the first case, then the others */
export function casesOf(rule) {
  const { severity, condition, message, help } = rule;
  const first = { case: '', severity, condition, message, help };
  return [first, ...(rule.cases ?? []).map((one) => ({ ...first, ...one }))];
}

/** @returns {{ winner: string, loser: string, samePlace: boolean }[]} */
export function supersessionsOf(rules) {
  return rules.flatMap((rule) => [
    ...(rule.supersedes ?? []).map((loser) => ({ winner: rule.id, loser, samePlace: true })),
    ...(rule.supersedesAnywhere ?? []).map((loser) => ({ winner: rule.id, loser, samePlace: false })),
    ...(rule.supersededBy ?? []).map((winner) => ({ winner, loser: rule.id, samePlace: true })),
  ]);
}

/**
 * @param {string} folder core/catalogue/rules
 * @returns {{ family: string, about: string, rules: object[] }[]} by name
 * @throws {Error} that names the file and what is wrong with it
 */
export function readFamilies(folder) {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();
  const families = files.map((file) => {
    const path = join(folder, file);
    try {
      const family = JSON.parse(readFileSync(path, 'utf8'));
      check(family, basename(file, '.json'));
      return family;
    } catch (error) {
      throw new Error(`${path}: ${error.message}`, { cause: error });
    }
  });
  checkReferences(families.flatMap(({ rules }) => rules));
  return families;
}

function check({ family, rules }, expected) {
  if (family !== expected) throw new Error(`the family ${family} belongs into ${family}.json`);
  const spellings = new Set();
  for (const rule of rules) {
    if (!rule.id.startsWith(`${family}.`)) throw new Error(`${rule.id} is of another family`);
    for (const { case: name } of casesOf(rule)) {
      const spelling = nameOf(rule.id, name);
      if (spellings.has(spelling)) throw new Error(`${rule.id}#${name} is there twice`);
      spellings.add(spelling);
    }
  }
}

function checkReferences(rules) {
  const ids = new Set(rules.map(({ id }) => id));
  for (const { winner, loser } of supersessionsOf(rules)) {
    const unknown = [winner, loser].find((id) => !ids.has(id));
    if (unknown) throw new Error(`${winner} supersedes ${loser}: there is no rule ${unknown}`);
  }
}
