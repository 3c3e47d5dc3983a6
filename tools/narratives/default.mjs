// How documents of a kind are told that has no narrative of its own: by what its descriptor says.

/**
 * @param {{ kind: string, title: string, facts: Record<string, string | string[]> }} dialect
 * @returns {object} a narrative, in the form of those in core/narrative/narratives/
 */
export function defaultNarrative({ kind, title, facts }) {
  if (/[{}[\]|]/.test(title)) throw new Error(`the title of ${kind} has a bracket or bar: "${title}"`);
  /** The members of these facts, as far as the dialect has them: the first that is there counts. */
  const membersOf = (...names) => names.flatMap((name) => facts[name] ?? []).join(',');
  const place = (members) => members && `{${members}}`;
  const sentence = (text, members) => members && ` [${members}: ${text} {${members}}.]`;
  const state = membersOf('state');
  const outcome = membersOf('outcome', 'result', 'effect');
  const policy = membersOf('policy_rule', 'decision');
  return {
    severity: 'info',
    actor: place(membersOf('actor', 'owner')),
    target: place(membersOf('subject', 'session')),
    policyRule: place(policy),
    outcome: place(outcome || state),
    happened: [
      `The document is of the kind ${kind}: ${title}.`,
      sentence('Its state is', state),
      sentence('Its outcome is', outcome),
    ],
    why: policy
      ? `[${policy}: It names the policy decision {${policy}}.|: It names no policy decision.]`
      : 'Why policy acted is not told of this kind.',
    risk: 'What risk remains is not told of this kind.',
    next: 'Read the document, and what a check finds in it.',
  };
}
