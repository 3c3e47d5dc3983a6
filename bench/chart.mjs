// Bars as an SVG that is readable on light and dark pages: its colours follow the reader's preference, its ground is clear.

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const style = `
    text { font: 13px system-ui, sans-serif; fill: #1f2328 }
    .title { font-weight: 600 }
    .ours { fill: #0969da }
    .others { fill: #8c959f }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 }
      .ours { fill: #4493f8 }
      .others { fill: #7d8590 }
    }`;

/**
 * @param {{ title: string, unit: string, bars: { label: string, value: number, ours: boolean }[] }[]} groups
 * @returns {string} an SVG, 760 wide
 */
export const chart = (groups) => {
  const width = 760;
  const left = 290;
  const room = width - left - 110;
  const parts = [];
  let y = 0;
  for (const { title, unit, bars } of groups) {
    y += 26;
    parts.push(`<text class="title" x="0" y="${y}">${escaped(title)}</text>`);
    y += 10;
    const most = Math.max(...bars.map((bar) => bar.value));
    for (const { label, value, ours } of [...bars].sort((a, b) => b.value - a.value)) {
      const length = Math.max(1, (value / most) * room).toFixed(1);
      const told = Math.round(value).toLocaleString('en').replaceAll(',', '\u202f');
      parts.push(
        `<text x="${left - 8}" y="${y + 14}" text-anchor="end">${escaped(label)}</text>`,
        `<rect class="${ours ? 'ours' : 'others'}" x="${left}" y="${y + 3}" width="${length}" height="14" rx="2"/>`,
        `<text x="${left + Number(length) + 6}" y="${y + 14}">${told} ${escaped(unit)}</text>`,
      );
      y += 22;
    }
  }
  const label = escaped(groups.map(({ title }) => title).join('; '));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y + 6}" width="${width}" height="${y + 6}" role="img" aria-label="${label}">
  <style>${style}
  </style>
  ${parts.join('\n  ')}
</svg>
`;
};
