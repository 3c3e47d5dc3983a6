// Shapes that differ by outline, so that they tell standings apart without colour. Decoration: the words stand beside them.
import { svg, html } from 'lit';
import type { Standing } from './admission.js';

const paths: Record<Standing, ReturnType<typeof svg>> = {
  consistent: svg`<circle cx="10" cy="10" r="7.5"/><path d="m6.5 10.2 2.4 2.4 4.6-5"/>`,
  'needs attention': svg`<path d="M10 2.6 18 16.9H2Z"/><path d="M10 7.6v4.2M10 14.2v.3"/>`,
  'not admitted': svg`<path d="M6.9 2.5h6.2l4.4 4.4v6.2l-4.4 4.4H6.9l-4.4-4.4V6.9Z"/><path d="M6.5 10h7"/>`,
};

export function standingIcon(standing: Standing) {
  return html`<svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">${paths[standing]}</svg>`;
}
