// Where a record keeps its facts, and the table by which they are read out of documents.
import { joined } from '../cpp.mjs';
import { DescriptorError } from './read.mjs';

/**
 * Gives each fact the slot in which every record keeps it. Facts that no dialect has together may share one: a record is
 * as large as the facts of the dialect that has most. Within a record they stand in the order in which they are given.
 * @param {{ name: string, asked_of?: string }[]} facts  `asked_of`: rules ask for it in all dialects with this trait, or
 *   of "every kind", whether they have it or not; nothing else is in its slot there
 * @param {{ facts: object, traits: string[] }[]} dialects
 * @returns {{ slots: Map<string, number>, count: number }}
 */
export function assignSlots(facts, dialects) {
  const taken = dialects.map(() => 0);
  const slots = new Map();
  for (const { name, asked_of: trait } of facts) {
    const isAsked = (dialect) => name in dialect.facts || trait === 'every kind' || dialect.traits.includes(trait);
    const having = [...taken.keys()].filter((i) => isAsked(dialects[i]));
    const slot = having.reduce((most, i) => Math.max(most, taken[i]), 0);
    for (const i of having) taken[i] = slot + 1;
    slots.set(name, slot);
  }
  return { slots, count: Math.max(0, ...taken) };
}

/** All facts: name, meaning, type and slot of each, and how many slots there are. Texts and references have the same slots. */
function layout({ dialects, vocabulary }) {
  const facts = Object.entries(vocabulary.facts).map(([name, fact]) => ({ name, ...fact }));
  for (const { name, type, asked_of: trait } of facts) {
    if (!(type in vocabulary.types)) throw new DescriptorError(`vocabulary.json: the fact ${name} is of no type`);
    if (trait !== undefined && trait !== 'every kind' && !(trait in vocabulary.traits)) {
      throw new DescriptorError(
        `vocabulary.json: the fact ${name} is asked of ${JSON.stringify(trait)}, which is no trait`,
      );
    }
  }
  const of = (...wanted) => facts.filter(({ type }) => wanted.includes(type));
  const place = (some) => {
    const { slots, count } = assignSlots(some, dialects);
    return { facts: some.map((fact) => ({ ...fact, slot: slots.get(fact.name) })), count };
  };
  const lists = of('list').map((fact, slot) => ({ ...fact, slot }));
  const out = { texts: place(of('text', 'reference')), instants: place(of('instant')), lists };
  if (out.texts.count > 16 || out.instants.count > 16 || lists.length > 16) {
    throw new DescriptorError('vocabulary.json: a row of the table of facts has four bits for the slot');
  }
  return out;
}

const hex = (number) => `0x${number.toString(16).padStart(4, '0')}`;

/** The enums Fact, Time and List, and how many slots they need. */
export function factNames(header, descriptors) {
  const { texts, instants, lists } = layout(descriptors);
  // The number behind the slot tells facts apart that share it.
  const row = ({ name, meaning, slot }, number) => `    ${name} = ${hex((number << 8) | slot)},  ///< ${meaning}\n`;
  const named = ({ facts }) => facts.map(row).join('');
  const heldBy = ({ facts, count }) =>
    descriptors.dialects
      .map(({ name, facts: own }) => {
        const held = Array.from({ length: count }, () => 'no_fact');
        for (const [number, fact] of facts.entries()) if (fact.name in own) held[fact.slot] = `${number}`;
        return `    {${held.join(', ')}},  // ${name}\n`;
      })
      .join('');
  return `${header}#pragma once

#include <cstddef>
#include <cstdint>

namespace bearproof::collection {

/// What a document says of itself and of others in a string, number or boolean. The low byte is the slot in which a record
/// keeps it. Facts that no dialect has together may share one; the high byte tells them apart.
enum class Fact : std::uint16_t {
${named(texts)}};
inline constexpr std::size_t slot_count = ${texts.count};

/// An instant of a document; its number is made like a Fact's.
enum class Time : std::uint16_t {
${named(instants)}};
inline constexpr std::size_t time_count = ${instants.count};

/// A list of a document: its strings are references to others.
enum class List : std::uint8_t {
${lists.map(({ name, meaning }) => `    ${name},  ///< ${meaning}\n`).join('')}};

/// By dialect and slot: the number of the fact, and of the instant, that the slot holds.
inline constexpr std::uint8_t no_fact = 255;
inline constexpr std::uint8_t held_facts[][slot_count] = {
${heldBy(texts)}};
inline constexpr std::uint8_t held_times[][time_count] = {
${heldBy(instants)}};

}  // namespace bearproof::collection
`;
}

/** The rows by which facts are read: what each fills, and the path of its member. */
export function factTable(header, descriptors) {
  const { texts, instants, lists } = layout(descriptors);
  const fills = new Map(
    [...texts.facts, ...instants.facts, ...lists].map((fact) => [fact.name, `${fact.type}_row | ${fact.slot}`]),
  );
  const first = [0];
  const rows = [];
  for (const { name, facts } of descriptors.dialects) {
    for (const [fact, where] of fills) {
      for (const path of [facts[fact] ?? []].flat()) rows.push({ fills: where, path, of: `${name}: ${fact}` });
    }
    first.push(rows.length);
  }
  return `${header}#pragma once

/// Where the rows of each dialect start, and one past the last dialect's.
constexpr std::uint16_t first_facts[] = {${first.join(', ')}};

/// The slot that each row fills, and what with.
constexpr std::uint8_t facts[] = {
${rows.map((row) => `    ${row.fills},  // ${row.of}\n`).join('')}};

/// The path of each row: member names separated by '/'.
constexpr char joined_paths[] =
${rows.map(({ path }) => `    ${joined([path])}\n`).join('')}    ;
`;
}
