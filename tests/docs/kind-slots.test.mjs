// Where records keep their facts: the slots that tools/kinds/facts.mjs gives them.
import assert from 'node:assert/strict';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { assignSlots } from '../../tools/kinds/facts.mjs';
import { readKinds } from '../../tools/kinds/read.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

const facts = (...names) => names.map((name) => ({ name }));
/** A dialect that has these facts. */
const having = (names, traits = []) => ({ facts: Object.fromEntries(names.map((name) => [name, name])), traits });
const slotsOf = (some, dialects) => {
  const { slots, count } = assignSlots(some, dialects);
  return { ...Object.fromEntries(slots), count };
};

test('facts that no dialect has together share a slot', () => {
  assert.deepEqual(slotsOf(facts('a', 'b'), [having(['a']), having(['b'])]), { a: 0, b: 0, count: 1 });
});

test('facts of one dialect have slots of their own, in the order in which they are given', () => {
  assert.deepEqual(slotsOf(facts('a', 'b', 'c'), [having(['c', 'b', 'a'])]), { a: 0, b: 1, c: 2, count: 3 });
});

test('a fact is above those of every dialect that has it', () => {
  const dialects = [having(['a', 'c']), having(['a', 'b']), having(['b', 'd'])];
  assert.deepEqual(slotsOf(facts('a', 'b', 'c', 'd'), dialects), { a: 0, b: 1, c: 1, d: 2, count: 3 });
});

test('what is asked of a trait shares its slot with nothing that such a dialect has', () => {
  const some = [{ name: 'a', asked_of: 'governed' }, { name: 'b' }, { name: 'c' }];
  const dialects = [having(['a']), having(['b'], ['governed']), having(['c'])];
  assert.deepEqual(slotsOf(some, dialects), { a: 0, b: 1, c: 0, count: 2 });
});

test('what is asked of every kind shares its slot with nothing', () => {
  const some = [{ name: 'id', asked_of: 'every kind' }, { name: 'a' }, { name: 'b' }];
  assert.deepEqual(slotsOf(some, [having(['a']), having(['b'])]), { id: 0, a: 1, b: 1, count: 2 });
});

test('without facts, or without dialects, there are no slots', () => {
  assert.deepEqual(slotsOf([], [having([])]), { count: 0 });
  assert.deepEqual(slotsOf(facts('a'), []), { a: 0, count: 0 });
});

test('no two facts that one dialect has, or is asked for, are in one slot', () => {
  const { dialects, vocabulary } = readKinds(join(root, 'core/catalogue'));
  const all = Object.entries(vocabulary.facts).map(([name, fact]) => ({ name, ...fact }));
  for (const types of [['text', 'reference'], ['instant']]) {
    const some = all.filter(({ type }) => types.includes(type));
    const { slots, count } = assignSlots(some, dialects);
    assert.equal(slots.size, some.length);
    assert.equal(Math.max(...slots.values()), count - 1);
    for (const { name: dialect, facts: own, traits } of dialects) {
      const taken = new Map();
      for (const { name, asked_of: trait } of some) {
        if (!(name in own) && trait !== 'every kind' && !traits.includes(trait)) continue;
        const slot = slots.get(name);
        assert.ok(!taken.has(slot), `${dialect}: ${name} and ${taken.get(slot)} are both in slot ${slot}`);
        taken.set(slot, name);
      }
    }
  }
});
