// Shapes that differ by outline, so that they tell standings apart without colour. Decoration: the words stand beside them.
import { html } from 'lit-html';
import type { Standing } from 'bearproof';

const circle = 'M2.5 10a7.5 7.5 0 1 0 15 0 7.5 7.5 0 1 0-15 0';
const outlines = {
  consistent: `${circle}m4 .2 2.4 2.4 4.6-5`,
  'needs-attention': 'M10 2.6 18 16.9H2ZM10 7.6v4.2m0 2.4v.3',
  'not-admitted': 'M6.9 2.5h6.2l4.4 4.4v6.2l-4.4 4.4H6.9l-4.4-4.4V6.9ZM6.5 10h7',
  stop: `${circle}m5-2.5h5v5h-5z`,
  open: 'm7 4.5 5.5 5.5L7 15.5',
  done: 'm4 10.5 4 4 8-9',
  failed: 'm5.5 5.5 9 9m0-9-9 9',
  pending: 'M5 10h.1m5 0h.1m5 0h.1',
};

export function icon(name: keyof typeof outlines) {
  return html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d=${outlines[name]} /></svg>`;
}

export const standingWords: Record<Standing, string> = {
  consistent: 'Consistent',
  'needs-attention': 'Needs attention',
  'not-admitted': 'Not admitted',
};
