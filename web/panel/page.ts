// The page around the panel: sample receipts until someone opens or drops their own.
import '../shared/page.css';
import './page.css';
import './bearproof-panel.js';
import { acceptDrops, holdsLines, readFiles } from '../shared/files.js';
import { mountThemeSwitch } from '../shared/theme.js';
import { visibleString } from '../shared/visible-text.js';

const files = import.meta.glob<string>('../samples/*.json', { query: '?raw', import: 'default', eager: true });
const samples = Object.entries(files).map(([path, content]) => ({ source: path.replace(/^.*\//, ''), content }));

function element<T extends Element>(selector: string): T {
  const found = document.querySelector<T>(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return found;
}

const panel = element<HTMLElementTagNameMap['bearproof-panel']>('bearproof-panel');
const provenance = element('#provenance');
const sampleNotice = [...provenance.childNodes];
const back = element<HTMLButtonElement>('#samples');
const open = element<HTMLInputElement>('#open');

mountThemeSwitch(element('#theme'), (theme) => {
  panel.theme = theme;
});

function showSamples(): void {
  provenance.replaceChildren(...sampleNotice);
  back.hidden = true;
  panel.documents = samples;
}

async function show(chosen: Iterable<File>): Promise<void> {
  try {
    const read = await readFiles(chosen);
    panel.documents = read.map(({ name, bytes }) => ({ source: name, content: bytes, lines: holdsLines(name) }));
    const names = read.map((file) => visibleString(file.name).slice(0, 60));
    provenance.replaceChildren(`Opened here: ${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}`);
  } catch (error) {
    provenance.replaceChildren(visibleString(String(error instanceof Error ? error.message : error)));
  }
  back.hidden = false;
}

back.addEventListener('click', () => {
  showSamples();
  open.focus();
});
open.addEventListener('change', () => {
  if (open.files?.length) void show(open.files);
  open.value = '';
});
acceptDrops((dropped) => void show(dropped));
showSamples();
