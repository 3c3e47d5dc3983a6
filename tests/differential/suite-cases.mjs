// Reads the official suite with each schema and instance as it is written: a JavaScript number would not be.
import { readFileSync } from 'node:fs';

const token = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g;

/** The spans of a text's values: nested arrays and maps of { start, end } with `items` or `members`. */
const spansOf = (text) => {
  const tokens = [...text.matchAll(token)].map((match) => ({ text: match[0], start: match.index }));
  let at = 0;
  const value = () => {
    const first = tokens[at++];
    const span = { start: first.start, end: first.start + first.text.length };
    const close = () => {
      const last = tokens[at++];
      span.end = last.start + 1;
      return span;
    };
    if (first.text === '[') {
      span.items = [];
      while (tokens[at].text !== ']') {
        span.items.push(value());
        if (tokens[at].text === ',') ++at;
      }
      return close();
    }
    if (first.text === '{') {
      span.members = {};
      while (tokens[at].text !== '}') {
        const key = JSON.parse(tokens[at].text);
        at += 2;
        Object.defineProperty(span.members, key, { value: value(), enumerable: true });
        if (tokens[at].text === ',') ++at;
      }
      return close();
    }
    return span;
  };
  return value();
};

/**
 * @param {string} file of the suite
 * @returns {{ description: string, schema: any, schemaText: string,
 *             tests: { description: string, valid: boolean, data: any, text: string }[] }[]}
 */
export const groupsOf = (file) => {
  const text = readFileSync(file, 'utf8');
  const spans = spansOf(text);
  const slice = ({ start, end }) => text.slice(start, end);
  return JSON.parse(text).map((group, i) => {
    const { members } = spans.items[i];
    return {
      description: group.description,
      schema: group.schema,
      schemaText: slice(members.schema),
      tests: group.tests.map((test, k) => ({ ...test, text: slice(members.tests.items[k].members.data) })),
    };
  });
};
