// A rule, explained from the catalogue.
import type { Rule } from 'bearproof';
import { make } from '../shared/dom.js';

function section(title: string, ...content: (Node | string | undefined)[]): HTMLElement | undefined {
  const present = content.filter((part) => part !== undefined);
  return present.length > 0 ? make('section', {}, make('h3', {}, title), ...present) : undefined;
}

/** Text of the catalogue, in which `this` is code. */
function prose(text: string): (Node | string)[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? make('code', {}, part) : part));
}

function paragraph(text: string | undefined): HTMLElement | undefined {
  return text ? make('p', {}, prose(text)) : undefined;
}

function sample(text: string | undefined): HTMLElement | undefined {
  return text ? make('pre', { tabindex: 0 }, make('code', {}, text)) : undefined;
}

export function ruleView(rule: Rule): HTMLElement {
  return make(
    'article',
    { class: 'rule-view' },
    make('p', { class: 'mono quiet' }, rule.id),
    make('h2', {}, rule.title),
    section(
      'Raised when',
      make(
        'ul',
        {},
        rule.cases.map((one) =>
          make(
            'li',
            {},
            make('span', { class: `severity ${one.severity}` }, one.severity),
            ' ',
            prose(one.condition ?? ''),
          ),
        ),
      ),
    ),
    section('Why', paragraph(rule.why)),
    section('What to do', ...[...new Set(rule.cases.map((one) => one.help))].map(paragraph)),
    section('Raises it', sample(rule.bad)),
    section('Does not', sample(rule.good)),
    section('Source', paragraph(rule.source)),
  );
}
