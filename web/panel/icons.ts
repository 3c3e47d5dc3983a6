// Shapes that differ by outline, so that they tell standings apart without colour. Decoration: the words stand beside them.
import { svg, html } from 'lit-html';
import type { Standing } from 'bearproof';

const drawn = {
  consistent: svg`<circle cx="10" cy="10" r="7.5"/><path d="m6.5 10.2 2.4 2.4 4.6-5"/>`,
  'needs-attention': svg`<path d="M10 2.6 18 16.9H2Z"/><path d="M10 7.6v4.2M10 14.2v.3"/>`,
  'not-admitted': svg`<path d="M6.9 2.5h6.2l4.4 4.4v6.2l-4.4 4.4H6.9l-4.4-4.4V6.9Z"/><path d="M6.5 10h7"/>`,
  stop: svg`<circle cx="10" cy="10" r="7.5"/><path d="M7.5 7.5h5v5h-5z"/>`,
  open: svg`<path d="m7 4.5 5.5 5.5L7 15.5"/>`,
  done: svg`<path d="m4 10.5 4 4 8-9"/>`,
  failed: svg`<path d="m5.5 5.5 9 9m0-9-9 9"/>`,
  pending: svg`<path d="M5 10h.1M10 10h.1M15 10h.1"/>`,
};

export function icon(name: keyof typeof drawn) {
  return html`<svg class="icon ${name}-icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
    ${drawn[name]}
  </svg>`;
}

export const standingWords: Record<Standing, string> = {
  consistent: 'Consistent',
  'needs-attention': 'Needs attention',
  'not-admitted': 'Not admitted',
};
