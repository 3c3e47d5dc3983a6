// The page around the panel: sample receipts until someone opens or drops their own.
import '../shared/page.css';
import './page.css';
import './bearproof-panel.js';
import { find, isolated } from '../shared/dom.js';
import { mountFiles, openedHere } from '../shared/file-input.js';
import { holdsLines } from '../shared/files.js';
import { mountThemeSwitch } from '../shared/theme.js';

const files = import.meta.glob<string>('../samples/*.json', { query: '?raw', import: 'default', eager: true });
const samples = Object.entries(files).map(([path, content]) => ({ source: path.replace(/^.*\//, ''), content }));

const panel = find<HTMLElementTagNameMap['bearproof-panel']>('bearproof-panel');
const provenance = find('#provenance');
const sampleNotice = [...provenance.childNodes];
const back = find<HTMLButtonElement>('#samples');

mountThemeSwitch(find('#theme'), (theme) => {
  panel.theme = theme;
});

function showSamples(): void {
  forgetFiles();
  provenance.replaceChildren(...sampleNotice);
  back.hidden = true;
  panel.documents = samples;
}

const open = find<HTMLInputElement>('#open');
const forgetFiles = mountFiles(
  open,
  (files) => {
    panel.documents = files.map(({ name, bytes }) => ({ source: name, content: bytes, lines: holdsLines(name) }));
    provenance.replaceChildren(...openedHere(files));
    back.hidden = false;
  },
  (message) => {
    provenance.replaceChildren(isolated(message, 200));
    back.hidden = false;
  },
);

back.addEventListener('click', () => {
  showSamples();
  open.focus();
});
showSamples();
